using System.Collections.Immutable;
using CustomerContext.Domain.Customers;
using Orleans;

namespace CustomerContext.Domain.Tribes;

/// <summary>
/// Whether a tribe's mood is worth care with one of its members now. It is iff the tribe's corrected mood fell by more than its interval, and this customer has an unanswered question or a falling
/// trend on one of the tribe's top topics. No probability, and nothing for being loud.
/// </summary>
public static class TribeWatchRules
{
    /// <summary>The watch of one member, whose own context is <paramref name="own"/>.</summary>
    public static TribeWatch Of(TribeHistory history, ContextSnapshot own)
    {
        if (!Fell(history) || history.Last is not { } last)
        {
            return TribeWatch.Quiet;
        }

        var reasons = ImmutableArray.CreateBuilder<TribeWatchReason>();
        reasons.Add(TribeWatchReason.MoodFell);
        if (own.Conversations.Any(conversation => conversation.WaitingSince is not null && conversation.Topics.Intersect(last.TopTopics).Any()))
        {
            reasons.Add(TribeWatchReason.UnansweredQuestion);
        }

        if (IsFalling(own, last.TopTopics))
        {
            reasons.Add(TribeWatchReason.FallingTrend);
        }

        return reasons.Count > 1 ? new TribeWatch(reasons.ToImmutable()) : TribeWatch.Quiet;
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
public sealed record TribeWatch([property: Id(0)] ImmutableArray<TribeWatchReason> Reasons)
{
    /// <summary>Nothing to care about.</summary>
    public static TribeWatch Quiet { get; } = new([]);

    /// <summary>True if there is.</summary>
    public bool IsWorthCare => !Reasons.IsEmpty;
}

/// <summary>Why. The numbers are those of the public contract.</summary>
public enum TribeWatchReason
{
    /// <summary>The tribe's corrected mood fell by more than its interval.</summary>
    MoodFell = 1,

    /// <summary>The customer has an unanswered question on one of its top topics.</summary>
    UnansweredQuestion = 2,

    /// <summary>The customer's trend is falling on one of its top topics.</summary>
    FallingTrend = 3,
}
