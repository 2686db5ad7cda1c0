using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using CustomerContext.Grains.Durability;
using Orleans.Runtime;

namespace CustomerContext.Grains.Customers;

/// <summary>The people around the customer; what is kept and sent is <see cref="Grains.Ties.TiesKeeper"/>'s.</summary>
internal sealed partial class CustomerGrain
{
    private const string DailyReminder = "ties";

    private static readonly Audience _tick = new("tick");

    private bool _isReminded;

    public async Task<bool> ReceiveStatement(CustomerKey from, TieKind kind, Statement statement)
    {
        await GetConsent();
        var isKept = await _ties.ReceiveStatement(from, kind, statement);
        _waitingChanges.Raise();
        await BeReminded();
        return isKept;
    }

    public async Task<bool> Receive(TieKind kind, Announcement announcement)
    {
        var isWanted = await _ties.Receive(kind, announcement);
        await BeReminded();
        return isWanted;
    }

    public async Task<TiesState> GetTies()
    {
        await _ties.Ready();
        return _ties.Visible;
    }

    public async Task<ImmutableArray<TieProposal>> ListProposals()
    {
        var consent = await GetConsent();
        await _context.Ready();
        await _ties.Ready();
        if (consent.Preferences is not { OfAge: true, LeaveMeAlone: false })
        {
            return [];
        }

        var now = _time.GetUtcNow();
        var mind = SnapshotRules.Snapshot(CustomerRules.OnlyCollected(_context.Visible, consent.Preferences), ContextView.Whole(consent.Preferences.Collect), now).TopOfMind;
        return TieProposal.Of(_ties.Visible, _customer, _tools.Tribes, mind, consent.Preferences, now);
    }

    public async Task<ImmutableArray<TribeId>> ListTribes()
    {
        await _ties.Ready();
        return
        [
            .. GroupsContent.Joined(_ties.Visible)
                .Concat((await ListProposals()).Select(proposal => proposal.Tribe).OfType<TribeId>())
                .Distinct()
                .OrderBy(tribe => tribe.Value, StringComparer.Ordinal),
        ];
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await GetConsent();
        await _context.Ready();
        await _ties.Repeat();
        var consent = await GetConsent();
        await TellContacts(consent, consent);

        // Of consent that must be read again it is not known whether anything has to be kept up.
        if (_session.Latest is not null && !_ties.IsAlive)
        {
            await ForgetReminder();
        }
    }

    /// <summary>What is kept of the people around is looked at every day, at a minute of the customer's own, from the first tie on.</summary>
    private async Task BeReminded()
    {
        if (_isReminded || !_ties.IsAlive)
        {
            return;
        }

        var minute = _tools.Secret.ReleaseMinute(GroupId.Friends(_customer, _tick));
        var now = _time.GetUtcNow();
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddMinutes(minute);
        await this.Remind(DailyReminder, (today > now ? today : today.AddDays(1)) - now, Limits.Ties.RepeatEvery);
        _isReminded = true;
    }

    private async Task ForgetReminder()
    {
        _isReminded = false;
        await this.RemindNoMore(DailyReminder);
    }
}
