using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>What the customer said of a tie beside yes. In the order in which ties without a yes are forgotten when there are too many.</summary>
public enum TieStance
{
    /// <summary>Nothing.</summary>
    Open,

    /// <summary>Not now.</summary>
    Later,

    /// <summary>No: it is not proposed again.</summary>
    Declined,

    /// <summary>Never again anything of this person.</summary>
    Blocked,
}

/// <summary>Where a tie stands for the customer.</summary>
public enum TieStanding
{
    /// <summary>There is none to speak of: it ended, or was declined.</summary>
    None,

    /// <summary>Somebody says so; the customer has not answered.</summary>
    Proposed,

    /// <summary>The customer said yes, the other has not.</summary>
    Waiting,

    /// <summary>It counts.</summary>
    Confirmed,

    /// <summary>The customer said "later".</summary>
    Later,

    /// <summary>The customer wants nothing of this person.</summary>
    Blocked,
}

/// <summary>What the customer says of a tie.</summary>
public enum TieDecision
{
    /// <summary>Yes.</summary>
    Yes = 1,

    /// <summary>No, or no longer.</summary>
    No,

    /// <summary>Not now.</summary>
    Later,

    /// <summary>No, and whoever proposed it is wrong or abuses it.</summary>
    Report,

    /// <summary>No, and never again.</summary>
    Block,
}

/// <summary>Answers a tie.</summary>
/// <param name="RequestId">1 to <see cref="Limits.Consents.RequestIdLength"/> characters.</param>
/// <param name="TieId">Which, as <see cref="TieProposal.IdOf(CustomerKey, Tie)"/> names it.</param>
/// <param name="Decision">What.</param>
[GenerateSerializer, Immutable, Alias("DecideTie")]
public sealed record DecideTie([property: Id(0)] string RequestId, [property: Id(1)] string TieId, [property: Id(2)] TieDecision Decision);

/// <summary>What an answer led to.</summary>
/// <param name="State">The state after it; the same if nothing changed.</param>
/// <param name="Tie">The tie as it is now; absent if there is none any more.</param>
public sealed record DecidedTie(TiesState State, Tie? Tie);

/// <summary>A tie after the customer's answer, as their grain tells it.</summary>
/// <param name="Tie">As it is now; absent if there is none any more.</param>
[GenerateSerializer, Immutable, Alias("AnsweredTie")]
public sealed record AnsweredTie([property: Id(0)] Tie? Tie);

/// <summary>How the customer's answers change ties. Pure.</summary>
public static class TieDecisions
{
    /// <summary>The state after an answer. A yes needs of-age, and that the customer lets their own word be kept; taking back needs nothing.</summary>
    public static Outcome<DecidedTie> Decide(TiesState state, CustomerKey me, DecideTie command, ConsentState consent, GroupSecret secret, DateTimeOffset now)
    {
        var tie = TieProposal.Find(state, me, command.TieId);
        var mark = new RecentRequest(command.RequestId, $"{command.Decision} {command.TieId}");
        if (state.RecentRequests.FirstOrDefault(known => known.RequestId == command.RequestId) is { RequestId: not null } known)
        {
            return known == mark ? new DecidedTie(state, tie) : new Refusal(RefusalReason.RequestIdReused);
        }

        if (tie is null || tie.Standing == TieStanding.None)
        {
            return new Refusal(RefusalReason.NotFound, "tie_id", "no such tie");
        }

        if (command.Decision == TieDecision.Yes && MayTie(state, consent, tie) is { } refusal)
        {
            return refusal;
        }

        var answered = Answered(tie, command.Decision, now);
        var next = NetworkRules.DropUnlessHeld(TieRules.With(Marked(state, mark), answered), me, tie.Other, tie.Kind, secret, now);
        return new DecidedTie(next, TieRules.Find(next, tie.Other, tie.Kind));
    }

    /// <summary>Why the customer cannot say yes to one more; absent if they can.</summary>
    public static Refusal? MayTie(TiesState state, ConsentState consent, Tie? tie = null) =>
        !consent.Preferences.OfAge ? new Refusal(RefusalReason.NotOfAge)
        : !consent.Preferences.Collects(SourceId.Customer) ? new Refusal(RefusalReason.OwnWordNotCollected)
        : tie is { Mine.IsYes: true } || state.Ties.Count(other => other.Mine.IsYes) < Limits.Ties.Held ? null
        : new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Ties.Held} ties");

    /// <summary>The tie after an answer at <paramref name="now"/>: later than everything that either side said before.</summary>
    public static Tie Answered(Tie tie, TieDecision decision, DateTimeOffset now)
    {
        var at = new Stamp(Math.Max(now.ToUnixTimeMilliseconds(), Math.Max(tie.Mine.Latest.At, tie.Theirs.Latest.At) + 1), 0);
        var isYes = decision == TieDecision.Yes;

        // "Later" says nothing to the other: a yes of theirs stays good.
        var mine = decision == TieDecision.Later && !tie.Mine.IsYes ? tie.Mine : tie.Mine.Say(isYes ? TieChange.Began : TieChange.Ended, at);
        return tie with
        {
            Mine = mine,
            IsAcknowledged = tie.IsAcknowledged && mine == tie.Mine,
            StanceAt = at.At,
            Stance = decision switch
            {
                TieDecision.Yes => TieStance.Open,
                TieDecision.Later => TieStance.Later,
                TieDecision.Block => TieStance.Blocked,
                _ => TieStance.Declined,
            },
        };
    }

    /// <summary>The state that knows a request.</summary>
    internal static TiesState Marked(TiesState state, RecentRequest mark) =>
        state with { RecentRequests = [.. state.RecentRequests.TakeLast(Limits.Consents.RecentRequests - 1), mark] };
}
