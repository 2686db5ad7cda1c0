using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Durability;

namespace CustomerContext.Grains.Customers;

/// <summary>
/// The customer hears by mail that somebody looked, if they want. The record of looks is what waits to be told; housekeeping tells it, so that no look waits for mail, and what was told is kept with the
/// context. A silo that is lost before it has kept that sends once more, under the same id.
/// </summary>
internal sealed partial class CustomerGrain
{
    private readonly ILookMailSender _mails;
    private Task<DateTimeOffset?>? _mailing;

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
        if (mail is null && known is null)
        {
            await _context.Settled();
            return null;
        }

        // Who only changes how often is told on from where they were.
        var next = mail is null ? null : mail with { Since = known?.Since ?? mail.Since };
        await _context.Save(_context.Pending with { LookMail = next, LookMailTold = next is null ? null : _context.Pending.LookMailTold });
        if (next is not null)
        {
            await Housekeep();
        }

        return null;
    }

    /// <summary>Sends what is due, one run at a time; when to come back, absent if no mail is wanted.</summary>
    private Task<DateTimeOffset?> MailLooks() => _mailing is { IsCompleted: false } ? _mailing : _mailing = MailDueLooks();

    private async Task<DateTimeOffset?> MailDueLooks()
    {
        await _context.Ready();
        try
        {
            var untold = await UntoldLooks();
            while (_context.Pending.LookMail is { } mail && LookMailRules.Next(mail, _context.Pending.LookMailTold, untold, _time.GetUtcNow()) is { } next)
            {
                await _mails.Send(_customer, mail, next);
                await _context.Ready();
                if (_context.Pending.LookMail is not null)
                {
                    await _context.Save(_context.Pending with { LookMailTold = next.Told });
                }

                untold.RemoveAll(look => look.Sequence <= next.Told.Sequence);
            }
        }
        catch (Exception error) when (Trouble.MayPass(error))
        {
            _failures.Note("mailing a customer about looks", error);
            return _time.GetUtcNow() + Limits.LookMails.Every;
        }

        return MailDue();
    }

    /// <summary>When housekeeping has to come back for mail about looks; absent if none is wanted.</summary>
    private DateTimeOffset? MailDue() => _context.Visible.LookMail is { } mail ? LookMailRules.NextAt(mail, _customer, _time.GetUtcNow()) : null;

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
            foreach (var entry in entries.Where(entry => !entry.IsErased && entry.Sequence > told))
            {
                if (LookLine.Of(entry.Sequence, DisclosureRecord.FromBytes(entry.Payload.AsSpan())) is { } look && look.At > mail.Since)
                {
                    untold.Add(look);
                }
            }

            (before, read) = (entries[^1].Sequence, read + entries.Length);
            if (before <= told)
            {
                break;
            }
        }

        untold.Reverse();
        return untold;
    }
}
