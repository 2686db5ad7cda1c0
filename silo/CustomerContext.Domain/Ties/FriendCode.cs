using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>A code that the customer handed to somebody: their yes to whoever brings it. The code itself is nowhere, only its keyed hash.</summary>
/// <param name="RequestId">The request that made it.</param>
/// <param name="Attempt">Which of the codes of that request it is: 0, unless others had the same digits.</param>
/// <param name="Key">The keyed hash.</param>
/// <param name="Until">First instant at which it is dead.</param>
[GenerateSerializer, Immutable, Alias("FriendCode")]
public sealed record FriendCode([property: Id(0)] string RequestId, [property: Id(1)] int Attempt, [property: Id(2)] string Key, [property: Id(3)] DateTimeOffset Until);

/// <summary>Whose friend code it is.</summary>
/// <param name="Owner">Who made it; absent: nobody.</param>
/// <param name="Until">First instant at which it is dead.</param>
/// <param name="UsedBy">Who brought it; absent: nobody yet.</param>
[GenerateSerializer, Immutable, Alias("FriendCodeState")]
public sealed record FriendCodeState([property: Id(0)] CustomerKey? Owner, [property: Id(1)] DateTimeOffset Until, [property: Id(2)] CustomerKey? UsedBy)
{
    /// <summary>Nobody's.</summary>
    public static FriendCodeState Nobodys { get; } = new(null, default, null);
}

/// <summary>A friend code once it was made.</summary>
/// <param name="State">The state that knows it.</param>
/// <param name="Code">The code.</param>
/// <param name="IsOver">True for a repeat of a request whose code was used or has lapsed.</param>
public sealed record MadeFriendCode(TiesState State, FriendCode Code, bool IsOver);

/// <summary>Friend codes: a week long, single use. Pure.</summary>
public static class FriendCodeRules
{
    /// <summary>The code of a request that was carried out; absent if there is none.</summary>
    public static FriendCode? Find(TiesState state, string requestId) => state.FriendCodes.FirstOrDefault(code => code.RequestId == requestId);

    /// <summary>The state with a code more; those past their time leave. A repeat of a request whose code was used gets it once more, ended: it never opens anything again.</summary>
    public static Outcome<MadeFriendCode> Make(TiesState state, FriendCode code, DateTimeOffset now)
    {
        var mark = new RecentRequest(code.RequestId, "friend code");
        if (state.RecentRequests.FirstOrDefault(known => known.RequestId == code.RequestId) is { RequestId: not null } known)
        {
            if (known != mark)
            {
                return new Refusal(RefusalReason.RequestIdReused);
            }

            if (Find(state, code.RequestId) is null)
            {
                return new MadeFriendCode(state, code with { Until = now }, IsOver: true);
            }
        }
        else
        {
            state = TieDecisions.Marked(state, mark);
        }

        var live = state.FriendCodes.RemoveAll(other => other.Until <= now || other.RequestId == code.RequestId);
        return live.Length < Limits.Ties.FriendCodes
            ? new MadeFriendCode(state with { FriendCodes = live.Add(code) }, code, IsOver: false)
            : new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Ties.FriendCodes} friend codes");
    }

    /// <summary>What a repeat of a request that brought a code is answered: the tie as it is now. Absent: it is no repeat.</summary>
    public static Outcome<AnsweredTie>? Redeemed(TiesState state, CustomerKey me, string requestId, string key)
    {
        if (state.RecentRequests.FirstOrDefault(one => one.RequestId == requestId) is not { RequestId: not null } known)
        {
            return null;
        }

        return known.ContentHash.Split(' ') is [var used, var tie] && used == key
            ? new AnsweredTie(TieProposal.Find(state, me, tie))
            : new Refusal(RefusalReason.RequestIdReused);
    }

    /// <summary>The digits' state once <paramref name="owner"/> has made a code of them; absent if they are somebody else's, or were used.</summary>
    public static FriendCodeState? Offer(FriendCodeState state, CustomerKey owner, DateTimeOffset until, DateTimeOffset now) =>
        state.Owner is null || now >= state.Until ? new FriendCodeState(owner, until, null)
        : state.Owner == owner && state.UsedBy is null ? state
        : null;

    /// <summary>The digits' state once <paramref name="by"/> has brought them; absent if they open nothing for them. The same person may come again.</summary>
    public static FriendCodeState? Use(FriendCodeState state, CustomerKey by, DateTimeOffset now) =>
        state.Owner is { } owner && owner != by && now < state.Until && (state.UsedBy is null || state.UsedBy == by) ? state with { UsedBy = by } : null;

    /// <summary>The owner's state once the code with <paramref name="key"/> is their yes to <paramref name="by"/>; absent if it is not, or not any more. Idempotent.</summary>
    public static TiesState? Accept(TiesState state, CustomerKey by, string key, ConsentState consent, DateTimeOffset now)
    {
        var tie = TieRules.Find(state, by, TieKind.Friend) ?? Tie.Of(by, TieKind.Friend);
        var code = state.FriendCodes.FirstOrDefault(one => one.Key == key && now < one.Until);
        if (code is null)
        {
            return tie.Mine.IsYes ? state : null;
        }

        return tie.Stance == TieStance.Blocked || TieDecisions.MayTie(state, consent, tie) is not null
            ? null
            : TieRules.With(state with { FriendCodes = state.FriendCodes.Remove(code) }, TieDecisions.Answered(tie, TieDecision.Yes, now));
    }

    /// <summary>The state of who brought a code, once its owner has said <paramref name="theirs"/>.</summary>
    public static TiesState Befriend(TiesState state, CustomerKey me, CustomerKey owner, Statement theirs, string requestId, string key, DateTimeOffset now)
    {
        var known = TieRules.Find(state, owner, TieKind.Friend) ?? Tie.Of(owner, TieKind.Friend);
        var tie = TieDecisions.Answered(known with { Theirs = known.Theirs.Merge(theirs) }, TieDecision.Yes, now);
        return TieRules.With(TieDecisions.Marked(state, new RecentRequest(requestId, $"{key} {TieProposal.IdOf(me, tie)}")), tie);
    }
}
