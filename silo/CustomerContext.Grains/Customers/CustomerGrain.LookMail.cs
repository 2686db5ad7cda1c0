using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Durability;

namespace CustomerContext.Grains.Customers;

/// <summary>
/// The customer hears by mail once a day that somebody looked, if they want. The record of looks is what waits to be told; housekeeping has it told behind everything else, so that nothing waits for a mail
/// server, and what was told is kept with the context. A silo that is lost before it has kept that sends once more.
/// </summary>
internal sealed partial class CustomerGrain
{
    private readonly ILookMailSender _mails;
    private readonly RepeatedWork _mailing;

    /// <summary>Ends the mail that is under way.</summary>
    private CancellationTokenSource _mailEnd = new();

    public async Task<LookMail?> GetLookMail()
    {
        await _context.Ready();
        return _context.Visible.LookMail;
    }

    public async Task<Refusal?> SetLookMail(LookMail? mail)
    {
        await ScheduleHousekeeping();
        var consent = await GetConsent();
        if (mail is not null && !consent.Preferences.OfAge)
        {
            return new Refusal(RefusalReason.NotOfAge);
        }

        await _context.Ready();
        var known = _context.Pending.LookMail;
        if (mail is null)
        {
            await EndMail();
            return null;
        }

        // Who only changes the address or the language is told on from where they were.
        await _context.Save(_context.Pending with { LookMail = mail with { Since = known?.Since ?? mail.Since } });
        _isScheduled = false;
        await ScheduleHousekeeping();
        return null;
    }

    /// <summary>No more mail, and the address is forgotten. When this returns no mail is under way, and none will be.</summary>
    private async Task EndMail()
    {
        await _context.Ready();
        await (_context.Pending.LookMail is null ? _context.Settled() : _context.Save(_context.Pending with { LookMail = null, LookMailTold = null }));
        await StopMail();
    }

    /// <summary>Ends the mail that is under way. The run after it sees what holds by then.</summary>
    private async Task StopMail()
    {
        using var end = _mailEnd;
        _mailEnd = new CancellationTokenSource();
        await end.CancelAsync();
        await _mailing.Run();
    }

    /// <summary>Sends what is due. A reader who cannot be reached today is told the night after.</summary>
    private async Task MailLooks()
    {
        var end = _mailEnd.Token;
        await _context.Ready();
        await GetConsent();
        if (IsErased || _context.Pending.LookMail is null || LookMailRules.Next(await UntoldLooks(), _time.GetUtcNow()) is not { } next)
        {
            return;
        }

        try
        {
            // Meanwhile it may have been ended.
            if (!end.IsCancellationRequested && !IsErased && _context.Pending.LookMail is { } mail && await _mails.Send(_customer, mail, next, end))
            {
                await _context.Ready();
                if (_context.Pending.LookMail is not null)
                {
                    await _context.Save(_context.Pending with { LookMailTold = next.Told });
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Ended by the customer, who waits for it.
        }
    }

    /// <summary>The looks that the customer was not told of, oldest first.</summary>
    private async Task<List<LookLine>> UntoldLooks()
    {
        var untold = new List<LookLine>();
        if (_context.Pending is not { LookMail: { } mail } state)
        {
            return untold;
        }

        var told = state.LookMailTold?.Sequence ?? -1;
        var (before, read) = (long.MaxValue, 0);
        while (read < Limits.LookMails.Entries && await _ledger.ListAsync(_customer, before, Limits.Storage.ListedEntries) is { IsEmpty: false } entries)
        {
            var records = entries.Where(entry => !entry.IsErased && entry.Sequence > told).Select(entry => (entry.Sequence, Record: DisclosureRecord.FromBytes(entry.Payload.AsSpan()))).ToArray();
            untold.AddRange(records.Where(one => one.Record.At > mail.Since).Select(one => LookLine.Of(one.Sequence, one.Record)).OfType<LookLine>());
            (before, read) = (entries[^1].Sequence, read + entries.Length);
            if (before <= told || records.Any(one => one.Record.At <= mail.Since))
            {
                break;
            }
        }

        untold.Reverse();
        return untold;
    }
}
