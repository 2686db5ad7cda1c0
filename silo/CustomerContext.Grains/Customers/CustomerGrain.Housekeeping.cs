using CustomerContext.Domain;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Consents.Receipts;

namespace CustomerContext.Grains.Customers;

/// <summary>What is done without anybody asking: nobody is kept for ever, no record of a look either, and queues of work and lists of contacts hear what they missed.</summary>
internal sealed partial class CustomerGrain
{
    private bool _isScheduled;

    public async Task Housekeep()
    {
        var consent = await GetConsent();
        await _context.Ready();
        var now = _time.GetUtcNow();
        if (consent.Epoch == 0)
        {
            await _records.Times.RemoveAsync(_customer);
            return;
        }

        var idleAt = RetentionRules.IdleAt(consent, _context.Visible);
        if (consent.ErasedAt is not null || idleAt <= now)
        {
            await EraseAll();
            return;
        }

        await Prune(now);

        // A change may have come meanwhile, with a time of its own, which is not to be lost.
        consent = await GetConsent();
        DateTimeOffset? mail = _context.Visible.LookMail is null ? null : LookMailRules.NightOf(now.AddDays(1), _customer);
        var change = _changeAt > now ? _changeAt : null;
        await ComeBack(new[] { now + Limits.Records.Housekeeping, idleAt, NewsDue(consent, now), mail, change }.Min()!.Value);
        TellNews(consent);
        if (!await TellContactsAnew(consent))
        {
            await ComeBack(now + Limits.Attention.ToldLater);
        }

        try
        {
            await TellWork();
        }
        finally
        {
            // Last, and not waited for: a mail server that does not answer holds up nothing of this customer's and nobody else.
            if (mail is not null)
            {
                _mailing.Soon();
            }
        }
    }

    /// <summary>When housekeeping comes next. Who is being erased or is erased has a time of their own, or none.</summary>
    private Task ComeBack(DateTimeOffset at) => IsErased || _erasing is { IsCompleted: false } ? Task.CompletedTask : _records.Times.SetAsync(_customer, at);

    /// <summary>Before the first change: whoever comes to be will be looked at. An erasure, news that are not told and mail have set a time of their own, which is not put off.</summary>
    private async Task ScheduleHousekeeping()
    {
        if (!_isScheduled)
        {
            var (consent, now) = (await GetConsent(), _time.GetUtcNow());
            await _context.Ready();
            await ComeBack(new[] { NewsDue(consent, now), MailDue(now), _changeAt > now ? _changeAt : null, now + Limits.Records.Housekeeping }.Min()!.Value);

            _isScheduled = true;
        }
    }

    /// <summary>When mail about looks is due; absent if none is wanted.</summary>
    private DateTimeOffset? MailDue(DateTimeOffset now) => _context.Visible.LookMail is null ? null : LookMailRules.DueAt(_context.Visible.LookMailTold, _customer, now);

    /// <summary>Prunes records older than they may be, behind a signed checkpoint; the last one always stays, since the chain goes on from it.</summary>
    private async Task Prune(DateTimeOffset now)
    {
        var before = RetentionRules.PrunedBefore(now);
        for (var state = await _ledger.ReadAgainAsync(_customer); state is not null; state = await _ledger.ReadAgainAsync(_customer))
        {
            var from = state.Checkpoint?.Head.Sequence ?? 0;
            var oldest = await _ledger.ListAsync(_customer, from + 1 + Limits.Records.EntriesPerStep, Limits.Records.EntriesPerStep);
            var old = oldest.Reverse().TakeWhile(entry => entry.Sequence < state.Head.Sequence && IsOlder(entry, before)).ToArray();
            if (old.Length == 0)
            {
                return;
            }

            var head = old[^1].Head;
            var content = ReceiptBytes.Of(new CheckpointContent(head.Sequence, head.Hash.ToString(), now));
            await _ledger.PruneAsync(_customer, new Checkpoint(head, now, _records.Signer.Sign(SignedTypes.Checkpoint, content)));
        }
    }

    private static bool IsOlder(LedgerEntry entry, DateTimeOffset before) =>
        !entry.IsErased && DisclosureRecord.FromBytes(entry.Payload.AsSpan()).At < before;
}
