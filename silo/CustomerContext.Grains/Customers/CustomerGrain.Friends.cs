using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using CustomerContext.Grains.Ties;

namespace CustomerContext.Grains.Customers;

/// <summary>The customer's answers to ties, and friend codes.</summary>
internal sealed partial class CustomerGrain
{
    private readonly Queue<DateTimeOffset> _wrongFriendCodes = new();

    public async Task<ImmutableArray<Tie>> ListTies()
    {
        var consent = await GetConsent();
        await _ties.Ready();
        return [.. _ties.Visible.Ties.Where(tie => tie.Standing is not TieStanding.None && !(tie.Standing == TieStanding.Proposed && consent.Preferences.LeaveMeAlone))];
    }

    public async Task<string> GetNameFor(CustomerKey friend)
    {
        var consent = await GetConsent();
        await _ties.Ready();
        var isFriend = consent is { ErasedAt: null, Preferences.OfAge: true } && TieRules.Find(_ties.Visible, friend, TieKind.Friend) is { IsHeld: true };
        return isFriend ? consent.Preferences.CallMe ?? "" : "";
    }

    public async Task<Outcome<AnsweredTie>> DecideTie(DecideTie command)
    {
        var consent = await GetConsent();
        await _ties.Ready();
        var before = TieProposal.Find(_ties.Pending, _customer, command.TieId);
        var decided = TieDecisions.Decide(_ties.Pending, _customer, command, consent, _tools.Secret, _time.GetUtcNow());
        if (!decided.IsOk)
        {
            return decided.Refusal;
        }

        if (command.Decision == TieDecision.Report && !ReferenceEquals(decided.Value.State, _ties.Pending))
        {
            _metrics.Reported(before?.ProposedBy);
        }

        await Keep(decided.Value.State);
        return new AnsweredTie(decided.Value.Tie);
    }

    public async Task<Outcome<FriendCode>> MakeFriendCode(string requestId, ImmutableArray<string> keys)
    {
        var consent = await GetConsent();
        await _ties.Ready();
        var now = _time.GetUtcNow();
        if (TieDecisions.MayTie(_ties.Pending, consent) is { } refusal)
        {
            return refusal;
        }

        var known = FriendCodeRules.Find(_ties.Pending, requestId);
        for (var attempt = known?.Attempt ?? 0; attempt < keys.Length; attempt++)
        {
            var over = _ties.Pending.FriendCodes.Where(code => code.Until <= now).ToArray();
            var code = new FriendCode(requestId, attempt, keys[attempt], known?.Until ?? now + Limits.Ties.FriendCodeLifetime);
            var made = FriendCodeRules.Make(_ties.Pending, code, now);
            if (!made.IsOk)
            {
                return made.Refusal;
            }

            // The customer's own list first: whatever happens, an erasure finds the code by it.
            await _ties.SaveUndecided(made.Value.State);
            await Forget(over);
            if (made.Value.IsOver || await Friend(code.Key).Offer(_customer, code.Until))
            {
                return made.Value.Code;
            }

            await _ties.Ready();
        }

        return new Refusal(RefusalReason.LimitReached, Rule: "no digits were free; try again with another request_id");
    }

    public async Task<Outcome<AnsweredTie>> RedeemFriendCode(string requestId, string key)
    {
        var consent = await GetConsent();
        await _ties.Ready();
        if (FriendCodeRules.Redeemed(_ties.Pending, _customer, requestId, key) is { } repeated)
        {
            return repeated;
        }

        var now = _time.GetUtcNow();
        if ((TieDecisions.MayTie(_ties.Pending, consent) ?? TooManyWrongCodes(now)) is { } refusal)
        {
            return refusal;
        }

        if (await Friend(key).Use(_customer) is not { } owner
            || await GrainFactory.GetGrain<ICustomerGrain>(owner.Value).AcceptFriend(key, _customer) is not { } theirs)
        {
            _wrongFriendCodes.Enqueue(now);
            return new Refusal(RefusalReason.NotFound, "friend_code", "no such code");
        }

        await _ties.Ready();
        var befriended = FriendCodeRules.Befriend(_ties.Pending, _customer, owner, theirs, requestId, key, now);
        await Keep(befriended);
        await Friend(key).Forget(owner);
        return new AnsweredTie(TieRules.Find(befriended, owner, TieKind.Friend));
    }

    public async Task<Statement?> AcceptFriend(string key, CustomerKey by)
    {
        var consent = await GetConsent();
        await _ties.Ready();
        if (FriendCodeRules.Accept(_ties.Pending, by, key, consent, _time.GetUtcNow()) is not { } accepted)
        {
            return null;
        }

        await Keep(accepted);
        return TieRules.Find(accepted, by, TieKind.Friend)?.Mine;
    }

    private async Task Keep(TiesState next)
    {
        await _ties.Save(next);
        _waitingChanges.Raise();
        await BeReminded();
    }

    private Refusal? TooManyWrongCodes(DateTimeOffset now)
    {
        while (_wrongFriendCodes.TryPeek(out var first) && first <= now - Limits.Ties.FriendCodeGuessWindow)
        {
            _wrongFriendCodes.Dequeue();
        }

        return _wrongFriendCodes.Count < Limits.Ties.FriendCodeGuesses ? null
            : new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Ties.FriendCodeGuesses} wrong codes in {Limits.Ties.FriendCodeGuessWindow.TotalMinutes:0} minutes");
    }

    private async Task Forget(IEnumerable<FriendCode> codes)
    {
        foreach (var code in codes)
        {
            await Friend(code.Key).Forget(_customer);
        }
    }

    private IFriendCodeGrain Friend(string key) => GrainFactory.GetGrain<IFriendCodeGrain>(key);
}
