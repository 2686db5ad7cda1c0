using System.Collections.Immutable;
using CustomerContext.Domain.Customers;
using Orleans;

namespace CustomerContext.Domain.Tribes;

/// <summary>
/// Whether a tribe's mood is worth care with one of its members now. It is iff the tribe's corrected mood fell by more than its interval, and this customer has an unanswered question or a falling
/// trend on one of the tribe's top topics. It is no probability, and writing much does not matter.
/// </summary>
public static class TribeCareRules
{
    /// <summary>The verdict for one member, whose own context is <paramref name="own"/>.</summary>
    public static TribeCare Of(TribeHistory history, ContextSnapshot own)
    {
        if (!Fell(history) || history.Last is not { } last)
        {
            return TribeCare.Quiet;
        }

        var reasons = ImmutableArray.CreateBuilder<TribeCareReason>();
        reasons.Add(TribeCareReason.MoodFell);
        if (own.Conversations.Any(conversation => conversation.WaitingSince is not null && conversation.Topics.Intersect(last.TopTopics).Any()))
        {
            reasons.Add(TribeCareReason.UnansweredQuestion);
        }

        if (IsFalling(own, last.TopTopics))
        {
            reasons.Add(TribeCareReason.FallingTrend);
        }

        return reasons.Count > 1 ? new TribeCare(reasons.ToImmutable()) : TribeCare.Quiet;
    }

    /// <summary>By more than half the interval's width: the score before lies above all that the new interval allows.</summary>
    private static bool Fell(TribeHistory history) =>
        history is { Last.Corrected: { } last, Before.Corrected: { } before } && before.Score > last.High;

    private static bool IsFalling(ContextSnapshot own, ImmutableArray<string> topics) =>
        own.Sentiment.Changes.Any(change => change.Change < 0 && change.Topic is { } topic && topics.Contains(topic))
        || (own.Sentiment.Trend.Direction == Direction.Falling && own.TopOfMind.Topics.Any(topic => topic.Score < 0 && topics.Contains(topic.Topic)));
}

/// <summary>Worth care or quiet.</summary>
/// <param name="Reasons">Why it is worth care; empty when quiet.</param>
[GenerateSerializer, Immutable, Alias("TribeWatch")]
public sealed record TribeCare([property: Id(0)] ImmutableArray<TribeCareReason> Reasons)
{
    /// <summary>Nothing to care about.</summary>
    public static TribeCare Quiet { get; } = new([]);

    /// <summary>True if there is.</summary>
    public bool IsWorthCare => !Reasons.IsEmpty;
}

/// <summary>Why. The numbers are those of the public contract.</summary>
public enum TribeCareReason
{
    /// <summary>The tribe's corrected mood fell by more than its interval.</summary>
    MoodFell = 1,

    /// <summary>The customer has an unanswered question on one of its top topics.</summary>
    UnansweredQuestion = 2,

    /// <summary>The customer's trend is falling on one of its top topics.</summary>
    FallingTrend = 3,
}
