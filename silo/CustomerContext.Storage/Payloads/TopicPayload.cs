using CustomerContext.Domain.Customers;

namespace CustomerContext.Storage.Payloads;

/// <summary>A topic, and what somebody said of one.</summary>
internal static class TopicPayload
{
    private const int Whole = 1_000;

    public static Stored.TopicEntry ToMessage(TopicEntry topic)
    {
        var stored = new Stored.TopicEntry { Topic = topic.Topic, LastMentioned = topic.LastMentioned, LastLess = Whole - topic.LastShare };
        Rows.Write(stored.Weeks, topic.Weeks, 4, static (week, row) =>
        {
            row[0] = week.Week;
            row[1] = week.Mentions;
            row[2] = week.Score;
            row[3] = week.Weight;
        });
        if (topic.Missed is { } missed)
        {
            stored.Missed.AddRange([missed.Week, missed.Sum]);
        }

        return stored;
    }

    public static TopicEntry FromMessage(Stored.TopicEntry stored) => new(
        stored.Topic,
        stored.LastMentioned,
        Rows.Read(stored.Weeks, 4, static row => new TopicWeek((int)row[0], row[1], row[2], row[3])),
        stored.Missed is [var week, var sum] ? new WeekSum((int)week, sum) : null,
        Whole - stored.LastLess);

    public static Stored.CorrectedTopic ToMessage(CorrectedTopic topic)
    {
        var stored = new Stored.CorrectedTopic { Topic = topic.Topic, Stamp = SourcePayload.ToMessage(topic.Stamp) };
        if (topic.Score is { } score)
        {
            stored.Score = score;
        }

        return stored;
    }

    public static CorrectedTopic FromMessage(Stored.CorrectedTopic stored) =>
        new(stored.Topic, SourcePayload.FromMessage(stored.Stamp), stored.HasScore ? stored.Score : null);
}
