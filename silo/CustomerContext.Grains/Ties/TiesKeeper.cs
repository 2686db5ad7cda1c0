using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using CustomerContext.Domain.Tribes;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Ledger;
using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Grains.Ties;

/// <summary>
/// The people around one customer, inside the customer's grain: keeps what is said about ties and tribes, decides with the domain what is due to be told, and has it sent.
/// Runs on the grain's own scheduler.
/// </summary>
internal sealed class TiesKeeper
{
    private readonly DurableState<TiesState> _state;
    private readonly GroupSecret _secret;
    private readonly TimeProvider _time;
    private readonly TiesSender _sender;
    private (TiesState? Of, TiesState State) _shown;
    private CustomerKey _me;
    private Func<(ConsentState? Consent, CustomerState Context)> _known = null!;

    public TiesKeeper(IPersistentState<TiesState> slot, IGrainBase grain, IGrainFactory grains, GroupSecret secret, FailureReport failures, TimeProvider time)
    {
        _state = new DurableState<TiesState>(slot, TiesState.Empty);
        (_secret, _time) = (secret, time);
        _sender = new TiesSender(_state, grain, grains, secret, failures, Decided);
    }

    /// <summary>What is durable.</summary>
    public TiesState Visible => _state.Visible;

    /// <summary>False while it must be read again.</summary>
    public bool IsKnown => _state.IsKnown;

    /// <summary>What the next decision starts from.</summary>
    public TiesState Pending => _state.Pending;

    /// <summary>True if there is anything to keep up, day by day.</summary>
    public bool IsAlive => _state.Visible is { Ties.IsEmpty: false } or { Memberships.IsEmpty: false } or { Outbox.Placements.IsEmpty: false }
        or { Outbox.Readings.IsEmpty: false } or { Outbox.Followers.Shards: > 0 }
        || IsReading;

    /// <summary>True if a page may come to count as having helped though nothing more is heard.</summary>
    private bool IsReading => _known() is { Consent.Preferences.ContributeReading: true, Context: var context }
        && context.Sources.Any(source => source.Pages.Any(page => page.Read + Limits.Help.KeepSeconds > _time.GetUtcNow().ToUnixTimeSeconds()));

    /// <summary>True if anything was written since the grain came into memory, or is left to send.</summary>
    public bool HasWork => _state.HasWritten || TiesSender.IsPending(_state.Visible);

    /// <summary>Takes what was read at activation; what was not acknowledged before is sent again.</summary>
    /// <param name="me">The customer.</param>
    /// <param name="known">Consent as known last (absent: not yet) and the durable context.</param>
    public void Begin(CustomerKey me, Func<(ConsentState? Consent, CustomerState Context)> known)
    {
        (_me, _known) = (me, known);
        _state.Begin();
        _sender.Begin(me);
        _sender.Resume();
    }

    /// <summary>What is durable, with every release that is due at <paramref name="now"/>; those are kept with the next change.</summary>
    public TiesState ShownAt(DateTimeOffset now)
    {
        var from = ReferenceEquals(_shown.Of, _state.Visible) ? _shown.State : _state.Visible;
        _shown = (_state.Visible, NetworkRules.Advance(from, _me, _secret, now));
        return _shown.State;
    }

    /// <summary>Waits until the outcome of every earlier write is known.</summary>
    public ValueTask Ready() => _state.Ready();

    /// <summary>The state after a signal; the same if it says nothing about the people around the customer.</summary>
    public Outcome<TiesState> Take(TiesState state, Signal signal) => TiesRules.Take(state, _me, signal, _secret, _time.GetUtcNow());

    /// <summary>Saves <paramref name="next"/>; what follows from it is decided by <see cref="Refresh"/>, once the context is durable too.</summary>
    public Task SaveUndecided(TiesState next) => _state.Save(next);

    /// <summary>Saves <paramref name="next"/> with whatever is due to be told since, and begins to tell it.</summary>
    public async Task Save(TiesState next)
    {
        await _state.Save(Decided(next));
        _sender.Begin();
    }

    /// <summary>Decides anew what is due: something may have changed, or its time have come.</summary>
    public async Task Refresh()
    {
        await _state.Ready();
        await Save(_state.Pending);
    }

    /// <summary>
    /// After a change of consent: what it does not allow any more is forgotten, and is gone wherever it was told, when the task is done.
    /// </summary>
    /// <exception cref="StateUnavailableException">Not everywhere yet: do it again.</exception>
    public async Task Follow(ConsentState consent)
    {
        await _state.Ready();
        await _state.Save(Decided(TiesRules.OnlyCollected(_state.Pending, consent.Preferences)));
        await _sender.Withdraw();
        _sender.Begin();
    }

    /// <summary>Once a day: what was not answered is told again, what fades is decided anew.</summary>
    public async Task Repeat()
    {
        await _state.Ready();
        await Save(NetworkRules.Advance(TieRules.Repeat(_state.Pending), _me, _secret, _time.GetUtcNow()));
    }

    /// <summary>What another customer's grain tells of a tie; false if it is not kept, so that it is told again.</summary>
    public async Task<bool> ReceiveStatement(CustomerKey from, TieKind kind, Statement statement)
    {
        // Consent that must be read again says nothing: the other asks again.
        if ((_known().Consent ?? throw new LedgerUnavailableException("The ledger has to be read again.")) is not { Preferences.OfAge: true })
        {
            return false;
        }

        await _state.Ready();
        if (kind == TieKind.Friend)
        {
            await Save(TiesRules.ReceiveStatement(_state.Pending, _me, from, statement, _secret, _time.GetUtcNow()));
            return true;
        }

        return statement.IsYes ? await _sender.AddFollower(from, kind, statement.Began) : await _sender.RemoveFollower(from, kind, statement.Ended);
    }

    /// <summary>What somebody around the customer contributes; false if there is no such tie, so that it is told no more.</summary>
    public async Task<bool> Receive(TieKind kind, Announcement announcement)
    {
        await _state.Ready();
        if (TieRules.Find(_state.Pending, announcement.From, kind) is not { IsHeld: true } tie)
        {
            return false;
        }

        await _state.Save(NetworkRules.Receive(_state.Pending, _me, tie, announcement, _secret, _time.GetUtcNow()));
        return true;
    }

    /// <summary>Asks the customer a question of one of their tribes, if it falls on them; durable before anybody sees it, so that nobody is asked twice a month.</summary>
    public async Task BeAsked(GroupId asker, PanelQuestion question, ConsentState consent)
    {
        await _state.Ready();
        var next = AskedRules.Ask(_state.Pending, _me, asker, question, consent, _secret, _time.GetUtcNow());
        await (ReferenceEquals(next, _state.Pending) ? Task.CompletedTask : _state.Save(next));
    }

    /// <summary>Takes back everything that was ever told, and forgets everybody.</summary>
    public async Task Erase()
    {
        await Follow(ConsentState.None);
        await _sender.Finish();
        await _sender.Clear();
        await _state.Ready();
        await _state.Save(TiesState.Empty);
    }

    private TiesState Decided(TiesState state)
    {
        var (consent, context) = _known();
        var now = _time.GetUtcNow();
        return consent is null ? state : ReadersOutboxRules.Decide(
            OutboxRules.Decide(state, consent, () => VoiceRules.Of(context, state.Influence, now), now),
            consent,
            () => ReadingRules.Of(CustomerRules.OnlyCollected(context, consent.Preferences), now),
            now);
    }
}
