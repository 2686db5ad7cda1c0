using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Ties;

/// <summary>How signals and consent change what is known of the people around a customer. Pure.</summary>
public static class TiesRules
{
    /// <summary>True if a signal says something about the people around a customer and nothing else.</summary>
    public static bool IsAllAbout(Signal signal) => signal is RelationshipSignal or MembershipSignal or ReputationSignal;

    /// <summary>The state after <paramref name="signal"/>, a well-formed one about <paramref name="me"/>; the same if it says nothing about the people around.</summary>
    /// <returns>The state, or <see cref="RefusalReason.LimitReached"/> or <see cref="RefusalReason.TooLate"/>.</returns>
    public static Outcome<TiesState> Take(TiesState state, CustomerKey me, Signal signal, GroupSecret secret, DateTimeOffset now)
    {
        switch (signal)
        {
            case RelationshipSignal tie:
                var said = TieRules.Take(state, me, tie);
                return said.IsOk ? NetworkRules.DropUnlessHeld(said.Value, me, tie.Other, tie.Kind, secret, now) : said;
            case MembershipSignal membership:
                return MembershipRules.Take(state, membership);
            case ReputationSignal reputation:
                return InfluenceSignals.Take(state, me, reputation, secret, now);
            case ConversationSignal turn:
                return InfluenceSignals.Take(state, me, turn, secret, now);
            case SurveySignal answer:
                return AskedRules.Take(state, answer);
            default:
                return state;
        }
    }

    /// <summary>The state after another customer's own word about being friends.</summary>
    public static TiesState Hear(TiesState state, CustomerKey me, CustomerKey other, Word theirs, GroupSecret secret, DateTimeOffset now) =>
        NetworkRules.DropUnlessHeld(TieRules.Hear(state, other, theirs), me, other, TieKind.Friend, secret, now);

    /// <summary>The state with what <paramref name="preferences"/> let be kept.</summary>
    public static TiesState Keep(TiesState state, Preferences preferences)
    {
        var kept = MembershipRules.Keep(TieRules.Keep(state, preferences), preferences);
        return kept.Networks.IsEmpty || preferences.Collects(SourceId.Customer) ? kept : kept with { Networks = [], Taken = kept.Taken + 1 };
    }
}
