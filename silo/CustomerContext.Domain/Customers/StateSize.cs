using CustomerContext.Domain.Common;
using CustomerContext.Domain.Help;
using System.Collections.Immutable;
using System.Numerics;
using System.Text;

namespace CustomerContext.Domain.Customers;

/// <summary>
/// Upper bounds of what parts of the state take when stored compactly, in bytes: numbers as zig-zag varints, each with a byte of tag;
/// records with three bytes of tag and length; strings in UTF-8 with three; rings as packed columns (indexes as differences), 16 bytes a ring.
/// </summary>
public static class StateSize
{
    private const int Record = 3;

    /// <summary>The live context, without the window.</summary>
    public static int Estimate(CustomerState state) => Record + Of(state.Newest) + Of(state.Taken) + Of(state.Behaviours) + Sum(state.Sources, Of);

    /// <summary>The window: five bytes a fingerprint and the time since the entry before as a varint.</summary>
    public static int OfWindow(ImmutableArray<WindowEntry> entries)
    {
        var size = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            size += 5 + (i == 0 ? 0 : Varint((ulong)(entries[i].Second - entries[i - 1].Second)));
        }

        return size;
    }

    /// <summary>A trait.</summary>
    internal static int Of(TraitEntry trait) => Record + Of(trait.Name) + Of(trait.Value) + Of(trait.Stamp) + 2;

    /// <summary>A topic.</summary>
    internal static int Of(TopicEntry topic) =>
        Record + Of(topic.Topic) + Of(topic.LastMentioned) + Of(topic.Missed) + (topic.LastShare == Thousandths.One ? 0 : Of(topic.LastShare))
        + Sum(topic.Weeks, static week => Record + Of(week.Week) + Of(week.Mentions) + Of(week.Score) + Of(week.Weight));

    /// <summary>A conversation.</summary>
    internal static int Of(Conversation conversation) =>
        Record + Of(conversation.Id) + Of(conversation.Channel) + Record + conversation.Counterparties.Length
        + Sum(conversation.Counterparties, static one => one.Customer is { } customer ? Record + 2 + Of(customer.Value) : 0)
        + Sum(conversation.Topics, Of) + Of(conversation.TopicsFrom) + Of(conversation.Link) + Of(conversation.LinkFrom) + Of(conversation.ProgramAt) + Of(conversation.AnsweredAt)
        + Sum(conversation.Turns, static turn => Record + Of(turn.Stamp) + 4 + Of(turn.Score) + Of(turn.Weight) + (turn.PromisedUntil > 0 ? 1 + Of(turn.PromisedUntil) : 0))
        + Sum(conversation.Days, static day => Record + Of(day.Day) + Of(day.Score) + Of(day.Weight) + Of(day.Count) + Of(day.Latest));

    /// <summary>A page.</summary>
    internal static int Of(ReadPage page) =>
        Record + Of(page.Company.Value) + Of(page.Address) + Sum(page.Topics, Of) + Of(page.Read) + Of(page.SaidAt) + 4;

    /// <summary>What somebody said came of an interaction.</summary>
    internal static int Of(SaidOutcome said) => Record + Of(said.Company.Value) + Of(said.Interaction) + Sum(said.Topics, Of) + Of(said.Stamp) + 2;

    /// <summary>A post that can be taken back.</summary>
    internal static int Of(RecentPost post) => Record + Of(post.Stamp) + Of(post.Score) + Of(post.Weight) + 2 + Sum(post.Topics, Of);

    /// <summary>What came from one source.</summary>
    internal static int Of(SourceContext source) =>
        Record + Of(source.Source.Value) + Of(source.TopicError) + Record + Of(source.LastScored.Inferred) + Of(source.LastScored.Observed) + Of(source.LastScored.Declared)
        + Of(source.Hours) + Of(source.Days) + Of(source.Weeks) + Sum(source.Posts, static week => Of(week.Week) + Of(week.Count))
        + Sum(source.Conversations, Of) + Sum(source.Topics, Of) + Sum(source.Traits, Of) + Sum(source.Pages, Of) + Sum(source.Outcomes, Of) + Sum(source.Recent, Of)
        + Sum(source.CorrectedTopics, static topic => Record + Of(topic.Topic) + Of(topic.Stamp) + Of(topic.Score ?? 0))
        + (source.Score is { } score ? Record + Of(score.Stamp) + Of(score.Score) : 0)
        + (source.Survey is { } survey
            ? Record + Of(survey.Stamp) + Of(survey.Score) + Of(survey.Question) + Of(survey.Answer) + Of(survey.ScaleMinimum) + Of(survey.ScaleMaximum)
            : 0)
        + (source.Upstream is { } upstream
            ? Record + Of(upstream.Stamp) + Of(upstream.Value) + Of(upstream.Minimum) + Of(upstream.Maximum)
            : 0);

    private static int Of(ImmutableArray<Bucket> ring)
    {
        var size = ring.IsEmpty ? 0 : 16;
        for (var i = 0; i < ring.Length; i++)
        {
            var bucket = ring[i];
            size += Varint(ZigZag(bucket.Index - (i == 0 ? 0 : ring[i - 1].Index)))
                + Varint(ZigZag(bucket.Score)) + Varint(ZigZag(bucket.Weight)) + Varint(ZigZag(bucket.Count));
        }

        return size;
    }

    private static int Sum<T>(ImmutableArray<T> items, Func<T, int> size)
    {
        var sum = 0;
        foreach (var item in items)
        {
            sum += size(item);
        }

        return sum;
    }

    private static int Of(SignalWindow behaviours) => behaviours.Entries.IsEmpty
        ? 0
        : Record + Of(behaviours.Entries[0].Second) + Record + OfWindow(behaviours.Entries) + (behaviours.Horizon is { } horizon ? Record + Of(horizon.Second) + Of(horizon.Fingerprint) : 0);

    private static int Of(WeekSum? sum) => sum is { } kept ? Record + Of(kept.Week) + Of(kept.Sum) : 0;

    private static int Of(Stamp stamp) => Record + Of(stamp.At) + 5;

    private static int Of(string? text) => text is null ? 0 : Record + Encoding.UTF8.GetByteCount(text);

    private static int Of(long number) => 1 + Varint(ZigZag(number));

    private static ulong ZigZag(long number) => (ulong)((number << 1) ^ (number >> 63));

    private static int Varint(ulong number) => (BitOperations.Log2(number | 1) + 7) / 7;
}
