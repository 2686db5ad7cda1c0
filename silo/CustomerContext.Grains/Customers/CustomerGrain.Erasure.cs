using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Consents.Receipts;
using CustomerContext.Domain.Customers;
using CustomerContext.Grains.Identities;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Grains.Customers;

/// <summary>
/// Erasing: a durable mark first, under which nothing leaves and nothing is kept any more; then step by step everything that is left of the customer. Every step may
/// be done again, so an erasure that was cut off goes on from the mark.
/// </summary>
internal sealed partial class CustomerGrain
{
    private Task? _erasing;

    public async Task<ErasureResult> Erase(ImmutableArray<string> identities)
    {
        await EraseAll();
        foreach (var identity in identities)
        {
            await GrainFactory.GetGrain<IIdentityGrain>(identity).Unlink(_customer);
        }

        var state = await _ledger.ReadAgainAsync(_customer) ?? throw new LedgerUnavailableException("The ledger of an erasure is gone.");
        var content = ReceiptBytes.Of(ErasureReceipt.Of(state.Consent.ErasedAt!.Value, state.Head));
        DeactivateOnIdle();
        return new ErasureResult(_records.Signer.Sign(SignedTypes.Erasure, content), state.Head);
    }

    private bool IsErased => _session.Latest?.ErasedAt is not null;

    /// <summary>One at a time, and whoever asks meanwhile waits for the same.</summary>
    private Task EraseAll() => _erasing is { IsCompleted: false } ? _erasing : _erasing = Mark();

    private async Task Mark()
    {
        // Before the mark, so that whatever happens after it somebody comes back to it.
        await _records.Times.SetAsync(_customer, _time.GetUtcNow() + Limits.Records.ErasureRetry);
        await ForgetWork();
        var consent = await GetConsent();

        // Of all companies: consent does not name each that was told, since it keeps few grants that have ended.
        await ForgetNews(_news.Companies.Concat(consent.Grants.Select(grant => grant.Tenant)).Concat(consent.News.Select(news => news.Tenant)));
        try
        {
            await ForgetContacts();
            await Change((consent, now) => ConsentRules.Erase(consent, now), isErasing: true);
        }
        finally
        {
            // Erased, nobody may be contacted; not erased, they may be as before.
            _isContactOver = false;
        }

        await RemoveLeftovers();
    }

    /// <summary>Whatever is kept for a customer anywhere is removed by a line here, but for their work in queues and their place on the lists of contacts and of news of all companies, which go before the mark, and for requests and addresses, which lapse.</summary>
    private async Task RemoveLeftovers()
    {
        await StopMail();
        await TellLastNews();
        await ForgetNews(_newsTo.Keys);
        await ForgetWays();
        await ForgetContext();
        await Forget(_ties.Visible.FriendCodes);
        await _ties.Erase();
        await ForgetReminder();
        await _records.Refused.ForgetAsync(_customer);
        await ForgetRecords();
        await _records.Scrub.ScrubAsync();
        await _records.Journal.NoteErasedAsync(_customer);
        await _records.Times.RemoveAsync(_customer);
    }

    /// <summary>The ways to the customer. Erased consent keeps them until every identity and interaction has let go.</summary>
    private async Task ForgetWays()
    {
        var consent = await GetConsent();
        foreach (var identifier in consent.Identifiers)
        {
            await GrainFactory.GetGrain<IIdentityGrain>(identifier.Key).Unlink(_customer);
        }

        foreach (var (call, id) in consent.Calls.SelectMany(call => call.Ids.Select(id => (call, id))))
        {
            await Interaction(call.Tenant, id).Forget(_customer);
        }

        await Change((consent, _) => ConsentRules.ForgetWays(consent), isErasing: true);
    }

    private async Task ForgetContext()
    {
        await _context.Ready();
        await _context.Save(CustomerState.Empty);
        _snapshots.Clear();
        Served.Clear();
        _refusals.Clear();
    }

    private async Task ForgetRecords()
    {
        var before = long.MaxValue;
        while (await _ledger.ListAsync(_customer, before, Limits.Records.EntriesPerStep) is { IsEmpty: false } entries)
        {
            if (entries.Any(entry => !entry.IsErased))
            {
                await _ledger.EraseAsync(_customer, [.. entries.Reverse().Select(entry => entry.Erased())]);
            }

            before = entries[^1].Sequence;
        }
    }

    /// <summary>What was taken back is noted outside the store too, before the customer is told that it is.</summary>
    private Task NoteWithdrawals(ConsentState before, ConsentState after) => WithdrawalRules.Between(before, after) is { IsEmpty: false } withdrawals
        ? _records.Journal.NoteAsync(_customer, after.Epoch, withdrawals)
        : Task.CompletedTask;
}
