using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;

namespace CustomerContext.Domain.Briefs;

/// <summary>What the headline says: feeling and direction, about what, what waits.</summary>
internal static class HeadlineRules
{
    /// <summary>The headline of <paramref name="shown"/>; <paramref name="waiting"/> is the question that it tells of.</summary>
    public static Headline Of(ShownContext shown, Question? waiting, DateTimeOffset now)
    {
        var feeling = Feeling(shown.Sentiment);
        var direction = feeling is not null && shown.Sentiment!.Trend.Direction is Direction.Rising or Direction.Falling ? shown.Sentiment.Trend.Direction : default(Direction?);
        var about = feeling is { } word ? MatterOf(shown, word, now) : null;

        // Mixed feelings that go nowhere tell an agent nothing; what is on the customer's mind does.
        if (feeling == SentimentWord.Mixed && direction is null && (about is null || waiting is null))
        {
            feeling = null;
        }

        var topic = waiting is { } question ? question.Matter : feeling is null ? OnTheirMind(shown, now) : about;
        return new Headline(feeling, direction, topic, waiting?.Since, null)
        {
            IsTheirWord = topic is not null && shown.Conversations.FirstOrDefault(conversation => conversation.Topics.Contains(topic))?.Source == SourceId.Customer,
            NothingWaits = shown.ShowsWaiting ? shown.Waiting.IsEmpty : !shown.Conversations.IsEmpty && shown.Conversations.All(conversation => conversation.WaitingSince is null),
        };
    }

    /// <summary>How the customer feels; absent if it is not shown, not known, or was heard in one conversation only and nobody stands by it.</summary>
    public static SentimentWord? Feeling(SentimentContent? sentiment) =>
        sentiment is { Word: not SentimentWord.NotKnown } && (sentiment.Override is not null || sentiment.Conversations >= Limits.Briefs.Conversations) ? sentiment.Word : null;

    /// <summary>Why there is nothing to say: what the terms leave out, else what the first empty facet says. Absent if a facet holds something.</summary>
    public static AbsenceReason? Absence(ShownContext shown) =>
        shown.Absent.Length < shown.Parts.Sum(part => part.Facets.Each().Count()) ? null
        : shown.Absent.Any(absent => absent.Reason == AbsenceReason.SourceNotGranted) ? AbsenceReason.SourceNotGranted
        : shown.Absent[0].Reason;

    /// <summary>What a feeling is about: the heaviest matter whose own score goes the same way. A mixed feeling is about the heaviest that is not clearly good or bad.</summary>
    private static string? MatterOf(ShownContext shown, SentimentWord feeling, DateTimeOffset now) =>
        Matters.Of(Lately(shown, now).Where(topic => IsOf(feeling, topic.Score)).Select(topic => topic.Topic));

    private static string? OnTheirMind(ShownContext shown, DateTimeOffset now) =>
        Matters.Of(Lately(shown, now).Select(topic => topic.Topic))
        ?? shown.Conversations.Where(conversation => now - conversation.Last < Limits.Briefs.TopicsWithin).Select(conversation => Matters.Of(conversation.Topics)).FirstOrDefault(matter => matter is not null);

    private static IEnumerable<TopicContent> Lately(ShownContext shown, DateTimeOffset now) =>
        (shown.TopOfMind?.Topics ?? []).Where(topic => now - topic.LastMentioned < Limits.Briefs.TopicsWithin);

    private static bool IsOf(SentimentWord feeling, int? score) => feeling switch
    {
        SentimentWord.Unhappy => score <= Limits.Sentiment.UnhappyFrom,
        SentimentWord.Content => score >= Limits.Sentiment.ContentFrom,
        _ => score is > Limits.Sentiment.UnhappyFrom and < Limits.Sentiment.ContentFrom,
    };
}
