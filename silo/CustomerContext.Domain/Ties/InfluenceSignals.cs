using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Influence;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>How much a customer's voice counted at its last daily release. Unix seconds.</summary>
/// <param name="Topics">On what.</param>
/// <param name="At">When it was released; 0 before the first.</param>
/// <param name="Due">When the next release is due; 0 while there is nothing to release.</param>
[GenerateSerializer, Immutable, Alias("InfluenceRelease")]
public sealed record InfluenceRelease(
    [property: Id(0)] ImmutableArray<TopicInfluence> Topics, [property: Id(1)] long At, [property: Id(2)] long Due)
{
    /// <summary>Nothing yet.</summary>
    public static InfluenceRelease None { get; } = new([], 0, 0);
}

/// <summary>Which signals show that other people reacted to the customer. Each counts once: the window of counted signals is stored with the influence.</summary>
internal static class InfluenceSignals
{
    /// <summary>The state after recognition by others, or <see cref="RefusalReason.TooLate"/>.</summary>
    public static Outcome<TiesState> Take(TiesState state, CustomerKey me, ReputationSignal signal, GroupSecret secret, DateTimeOffset now) =>
        Once(state, me, signal, secret, now, influence => Recognised(influence, me, signal, secret));

    /// <summary>The state after a turn: the customer's answer, or replies of others. A turn that is too late for the window counts in the conversation only.</summary>
    public static TiesState Take(TiesState state, CustomerKey me, ConversationSignal signal, GroupSecret secret, DateTimeOffset now)
    {
        var isAnswer = signal is { Role: Role.Customer, State: ConversationState.Answered };
        var isReply = signal.Role == Role.Other && !signal.People.IsEmpty;
        if (signal.Topics.IsEmpty || !(isAnswer || isReply))
        {
            return state;
        }

        var counted = Once(state, me, signal, secret, now, influence => signal.Topics.Aggregate(influence, (next, topic) => isAnswer
            ? InfluenceRules.Answered(next, topic, signal.OccurredAt)
            : signal.People.Where(person => person != me)
                .Aggregate(next, (all, person) => InfluenceRules.Reached(all, topic, PseudonymOf(secret, person, me), signal.OccurredAt))));
        return counted.IsOk ? counted.Value : state;
    }

    /// <summary>How <paramref name="me"/> knows somebody who reacted.</summary>
    public static Pseudonym PseudonymOf(GroupSecret secret, CustomerKey person, CustomerKey me) => secret.Pseudonym(person, GroupId.Reached(me));

    private static long FirstRelease(CustomerKey me, GroupSecret secret, DateTimeOffset now) =>
        ReleaseClock.Next(secret.ReleaseMinute(GroupId.Reached(me)), Cadence.Daily, now).ToUnixTimeSeconds();

    private static InfluenceState Recognised(InfluenceState influence, CustomerKey me, ReputationSignal signal, GroupSecret secret)
    {
        if (signal.Topic.Length == 0 || signal.Kind is not (ReputationKind.Kudos or ReputationKind.AcceptedAnswer))
        {
            return influence;
        }

        var next = signal.Kind == ReputationKind.AcceptedAnswer ? InfluenceRules.Helpful(influence, signal.Topic, signal.OccurredAt) : influence;
        return signal.Giver is { } giver && giver != me
            ? InfluenceRules.Reached(next, signal.Topic, PseudonymOf(secret, giver, me), signal.OccurredAt)
            : next;
    }

    private static Outcome<TiesState> Once(
        TiesState before, CustomerKey me, Signal signal, GroupSecret secret, DateTimeOffset now, Func<InfluenceState, InfluenceState> change)
    {
        var state = NetworkRules.Advance(before, me, secret, now);
        var entry = WindowRules.EntryOf(me, signal);
        if (WindowRules.Contains(state.Window, entry))
        {
            return state;
        }

        return entry <= state.Window.Horizon
            ? new Refusal(RefusalReason.TooLate)
            : state with
            {
                Influence = change(state.Influence),
                InfluenceShown = state.InfluenceShown.Due > 0 ? state.InfluenceShown : state.InfluenceShown with { Due = FirstRelease(me, secret, now) },
                Window = WindowRules.Add(state.Window, entry),
                Taken = state.Taken + 1,
            };
    }
}
