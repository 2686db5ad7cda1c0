using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>
/// All that is known of one customer: integers, coded names and links, kept per source so that one can be left out exactly.
/// Scores and weights are thousandths. Arrays are sorted as stated and never default.
/// </summary>
/// <param name="Newest">Unix second of the newest signal taken; 0 before the first.</param>
/// <param name="Sources">At most 8, ordinal by source.</param>
/// <param name="Window">Which signals other than behaviour were taken.</param>
[GenerateSerializer, Immutable, Alias("CustomerState")]
public sealed record CustomerState(
    [property: Id(0)] long Newest,
    [property: Id(1)] ImmutableArray<SourceContext> Sources,
    [property: Id(2)] SignalWindow Window)
{
    /// <summary>Signals ever taken: equal numbers mean that nothing new was learnt.</summary>
    [Id(3)]
    public long Taken { get; init; }

    /// <summary>Which behaviour signals were taken.</summary>
    [Id(4)]
    public SignalWindow Behaviours { get; init; } = SignalWindow.Empty;

    /// <summary>News of grants that their companies were told, as long as consent holds them; at most <see cref="Limits.News.PerCustomer"/>.</summary>
    [Id(5)]
    public ImmutableArray<NewsId> Told { get; init; } = [];

    /// <summary>That the customer wants mail about looks, and where it goes; absent: they want none.</summary>
    [Id(6)]
    public LookMail? LookMail { get; init; }

    /// <summary>Of which looks they were told by mail; absent: of none yet.</summary>
    [Id(7)]
    public LookMailTold? LookMailTold { get; init; }

    /// <summary>Nothing known.</summary>
    public static CustomerState Empty { get; } = new(0, [], SignalWindow.Empty);
}

/// <summary>What came from one source. Each has budgets of its own, so that what one sends pushes nothing of another's out.</summary>
/// <param name="Source">Who.</param>
/// <param name="LastScored">When a score last came, by how it was known.</param>
/// <param name="Hours">About 48, ascending.</param>
/// <param name="Days">About 35, ascending.</param>
/// <param name="Weeks">About 26, ascending.</param>
/// <param name="Conversations">Ordinal by id; at most 5.</param>
/// <param name="Topics">Ordinal by topic; at most 64.</param>
/// <param name="Traits">Ordinal by (name, value); at most 16, and 8 taken back.</param>
/// <param name="CorrectedTopics">Ordinal by topic; at most 8.</param>
/// <param name="Score">The latest correction of the headline score.</param>
/// <param name="Survey">The latest survey answer.</param>
/// <param name="Upstream">The latest score of an upstream system.</param>
[GenerateSerializer, Immutable, Alias("SourceContext")]
public sealed record SourceContext(
    [property: Id(0)] SourceId Source,
    [property: Id(1)] LastScored LastScored,
    [property: Id(2)] ImmutableArray<Bucket> Hours,
    [property: Id(3)] ImmutableArray<Bucket> Days,
    [property: Id(4)] ImmutableArray<Bucket> Weeks,
    [property: Id(5)] ImmutableArray<Conversation> Conversations,
    [property: Id(6)] ImmutableArray<TopicEntry> Topics,
    [property: Id(7)] ImmutableArray<TraitEntry> Traits,
    [property: Id(8)] ImmutableArray<CorrectedTopic> CorrectedTopics,
    [property: Id(9)] CorrectedScore? Score,
    [property: Id(10)] SurveyAnswer? Survey,
    [property: Id(11)] UpstreamEntry? Upstream)
{
    /// <summary>The customer's own turns by week, ascending; about 13 weeks.</summary>
    [Id(12)]
    public ImmutableArray<PostWeek> Posts { get; init; } = [];

    /// <summary>Most that a topic, evicted because there were more than 64, can have weighed; absent if none was.</summary>
    [Id(13)]
    public WeekSum? TopicError { get; init; }

    /// <summary>Pages of listed hosts that the customer read, ordinal by address; at most 16.</summary>
    [Id(14)]
    public ImmutableArray<ReadPage> Pages { get; init; } = [];

    /// <summary>What the source said came of interactions, latest first; at most <see cref="Limits.Customers.OutcomesKept"/> of each company.</summary>
    [Id(15)]
    public ImmutableArray<SaidOutcome> Outcomes { get; init; } = [];

    /// <summary>Of a connected network, the newest of the customer's own posts as they were counted, ascending by stamp; at most <see cref="Limits.Customers.RecentPosts"/>. Empty: another source.</summary>
    [Id(16)]
    public ImmutableArray<RecentPost> Recent { get; init; } = [];

    /// <summary>A source that has said nothing yet.</summary>
    public static SourceContext Of(SourceId source) => new(source, default, [], [], [], [], [], [], [], null, null, null);
}

/// <summary>When the latest score of each provenance came.</summary>
/// <param name="Inferred">Unix second; 0 if none.</param>
/// <param name="Observed">Unix second; 0 if none.</param>
/// <param name="Declared">Unix second; 0 if none.</param>
[GenerateSerializer, Immutable, Alias("Heard")]
public readonly record struct LastScored(
    [property: Id(0)] long Inferred,
    [property: Id(1)] long Observed,
    [property: Id(2)] long Declared);

/// <summary>Finds and replaces the part of the state that came from one source.</summary>
internal static class StateEdits
{
    /// <summary>What came from <paramref name="source"/>; absent if nothing did.</summary>
    public static SourceContext? Find(this CustomerState state, SourceId source)
    {
        foreach (var known in state.Sources)
        {
            if (known.Source == source)
            {
                return known;
            }
        }

        return null;
    }

    /// <summary>The state with <paramref name="source"/> in place of the former value of the same source.</summary>
    public static CustomerState With(this CustomerState state, SourceContext source)
    {
        var at = 0;
        while (at < state.Sources.Length && string.CompareOrdinal(state.Sources[at].Source.Value, source.Source.Value) < 0)
        {
            at++;
        }

        var found = at < state.Sources.Length && state.Sources[at].Source == source.Source;
        return state with { Sources = found ? state.Sources.SetItem(at, source) : state.Sources.Insert(at, source) };
    }

    /// <summary>The source with the time of this observation noted.</summary>
    public static SourceContext NoteScored(this SourceContext source, long second, Observation observation) => source with
    {
        LastScored = observation.Provenance switch
        {
            Provenance.Inferred => source.LastScored with { Inferred = Math.Max(source.LastScored.Inferred, second) },
            Provenance.Observed => source.LastScored with { Observed = Math.Max(source.LastScored.Observed, second) },
            _ => source.LastScored with { Declared = Math.Max(source.LastScored.Declared, second) },
        },
    };
}

/// <summary>Turns of the customer's own in one week, scored or not.</summary>
/// <param name="Week">Unix week.</param>
/// <param name="Count">At least 1.</param>
[GenerateSerializer, Immutable, Alias("PostWeek")]
public readonly record struct PostWeek([property: Id(0)] int Week, [property: Id(1)] int Count);

/// <summary>Counts how many turns a customer writes, week by week.</summary>
internal static class PostRules
{
    /// <summary>The source with one turn more.</summary>
    public static SourceContext Count(SourceContext source, long second)
    {
        var week = (int)(second / Seconds.Week);
        var at = source.Posts.Length;
        while (at > 0 && source.Posts[at - 1].Week >= week)
        {
            at--;
        }

        var isKnown = at < source.Posts.Length && source.Posts[at].Week == week;
        return source with
        {
            Posts = isKnown
                ? source.Posts.SetItem(at, new PostWeek(week, source.Posts[at].Count + 1))
                : source.Posts.Insert(at, new PostWeek(week, 1)),
        };
    }

    /// <summary>The source with one turn less.</summary>
    public static SourceContext Discount(SourceContext source, long second)
    {
        var week = (int)(second / Seconds.Week);
        return source with
        {
            Posts = [.. source.Posts.Select(posts => posts.Week == week ? posts with { Count = posts.Count - 1 } : posts).Where(posts => posts.Count > 0)],
        };
    }

    /// <summary>The weeks after <paramref name="last"/>.</summary>
    public static ImmutableArray<PostWeek> DropTo(ImmutableArray<PostWeek> posts, int last)
    {
        var old = 0;
        while (old < posts.Length && posts[old].Week <= last)
        {
            old++;
        }

        return old == 0 ? posts : posts.RemoveRange(0, old);
    }
}
