using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Influence;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Tribes;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>All that is known of the people around one customer. Arrays are sorted as stated and never default.</summary>
/// <param name="Ties">By (other, kind), ordinal.</param>
/// <param name="Memberships">By tribe, ordinal.</param>
/// <param name="Outbox">What the customer tells their groups.</param>
/// <param name="Networks">What friends and followed people told; by (kind, audience).</param>
/// <param name="Influence">How others took up what the customer said.</param>
/// <param name="Window">Which signals are counted in <paramref name="Influence"/>: kept here, so that each counts once whatever becomes of the live context.</param>
[GenerateSerializer, Immutable, Alias("TiesState")]
public sealed record TiesState(
    [property: Id(0)] ImmutableArray<Tie> Ties,
    [property: Id(1)] ImmutableArray<Membership> Memberships,
    [property: Id(2)] Outbox Outbox,
    [property: Id(3)] ImmutableArray<Network> Networks,
    [property: Id(4)] InfluenceState Influence,
    [property: Id(5)] SignalWindow Window)
{
    /// <summary>Things learnt: equal numbers mean that nothing new was.</summary>
    [Id(6)]
    public long Taken { get; init; }

    /// <summary>What was last released of the influence.</summary>
    [Id(7)]
    public InfluenceRelease InfluenceShown { get; init; } = InfluenceRelease.None;

    /// <summary>The last question of a tribe that the customer was asked; absent if never.</summary>
    [Id(8)]
    public AskedQuestion? Asked { get; init; }

    /// <summary>The customer's latest requests about ties, oldest first, so that a repeat is known; at most <see cref="Limits.Consents.RecentRequests"/>.</summary>
    [Id(9)]
    public ImmutableArray<RecentRequest> RecentRequests { get; init; } = [];

    /// <summary>The friend codes that the customer has handed out, oldest first; at most <see cref="Limits.Ties.FriendCodes"/>.</summary>
    [Id(10)]
    public ImmutableArray<FriendCode> FriendCodes { get; init; } = [];

    /// <summary>Nobody around.</summary>
    public static TiesState Empty { get; } = new([], [], Outbox.None, [], InfluenceState.Empty, SignalWindow.Empty);
}

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
    public static TiesState ReceiveStatement(TiesState state, CustomerKey me, CustomerKey other, Statement theirs, GroupSecret secret, DateTimeOffset now) =>
        NetworkRules.DropUnlessHeld(TieRules.ReceiveStatement(state, other, theirs), me, other, TieKind.Friend, secret, now);

    /// <summary>The state without what <paramref name="preferences"/> do not allow to collect.</summary>
    public static TiesState OnlyCollected(TiesState state, Preferences preferences)
    {
        var kept = MembershipRules.OnlyCollected(TieRules.OnlyCollected(state, preferences), preferences);
        return kept.Networks.IsEmpty || preferences.Collects(SourceId.Customer) ? kept : kept with { Networks = [], Taken = kept.Taken + 1 };
    }
}
