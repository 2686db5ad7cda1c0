using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>
/// One of the customer's own posts in a connected network, as it was counted, so that it can be taken back exactly. Older posts can not: what they added stays in the sums of their hour, day and week, which names no post,
/// until it is too old.
/// </summary>
/// <param name="Stamp">Which post.</param>
/// <param name="Score">Thousandths; 0 if not scored.</param>
/// <param name="Weight">Thousandths; 0 if not scored.</param>
/// <param name="Provenance">How the score was known; <see cref="Signals.Provenance.Inferred"/> if there is none.</param>
/// <param name="Topics">What it mentioned.</param>
[GenerateSerializer, Immutable, Alias("RecentPost")]
public sealed record RecentPost(
    [property: Id(0)] Stamp Stamp,
    [property: Id(1)] int Score,
    [property: Id(2)] int Weight,
    [property: Id(3)] Provenance Provenance,
    [property: Id(4)] ImmutableArray<string> Topics)
{
    /// <summary>What it said about how the customer feels; absent if nothing.</summary>
    internal Observation? Observation => Weight > 0 ? new Observation(Score, Weight, Provenance) : null;
}

/// <summary>How posts are noted and taken back.</summary>
internal static class RecentPostRules
{
    /// <summary>The state with <paramref name="scored"/>, which was counted, among the posts that can be taken back; the same if it is no turn of the customer's own.</summary>
    public static CustomerState Note(CustomerState state, ScoredSignal scored)
    {
        if (scored.Signal is not ConversationSignal { Role: Role.Customer } turn || state.Find(turn.Source) is not { } source)
        {
            return state;
        }

        var heard = scored.Observation ?? new Observation(0, 0, Provenance.Inferred);
        var post = new RecentPost(Stamp.Of(turn), heard.Score, heard.Weight, heard.Provenance, turn.Topics);
        var recent = source.Recent.Insert(source.Recent.Count(other => other.Stamp < post.Stamp), post);
        return state.With(source with { Recent = recent.Length > Limits.Customers.RecentPosts ? recent.RemoveAt(0) : recent });
    }

    /// <summary>The post that <paramref name="signal"/> takes back; absent if there is none, or it can not be taken back any more.</summary>
    public static RecentPost? Find(CustomerState state, TakeBackSignal signal)
    {
        var stamp = Stamp.Of(signal);
        return state.Find(signal.Source)?.Recent.FirstOrDefault(post => post.Stamp == stamp);
    }

    /// <summary>The state without <paramref name="post"/>, as if it had never come. Of a source of which nothing is left nothing is kept.</summary>
    public static CustomerState Without(CustomerState state, SourceId id, RecentPost post)
    {
        var source = state.Find(id)!;
        source = source with { Recent = source.Recent.Remove(post), Upstream = source.Upstream?.Stamp == post.Stamp ? null : source.Upstream };
        source = PostRules.Discount(source, post.Stamp.Second);
        source = ConversationRules.Without(source, post);
        source = TopicRules.Without(source, post);
        source = post.Observation is { } heard ? source with { LastScored = Before(source, heard.Provenance, post.Stamp.Second) } : source;
        return IsBare(source) ? CustomerRules.Forget(state, id) : state.With(source);
    }

    private static LastScored Before(SourceContext source, Provenance provenance, long second) => provenance switch
    {
        Provenance.Inferred => source.LastScored with { Inferred = Before(source, provenance, source.LastScored.Inferred, second) },
        Provenance.Observed => source.LastScored with { Observed = Before(source, provenance, source.LastScored.Observed, second) },
        _ => source.LastScored with { Declared = Before(source, provenance, source.LastScored.Declared, second) },
    };

    /// <summary>When a score came last: as before, or that of the latest post that is left, or else the beginning of the last hour, day or week in which there was one.</summary>
    private static long Before(SourceContext source, Provenance provenance, long known, long gone) =>
        known != gone ? known
        : source.Recent.LastOrDefault(post => post.Weight > 0 && post.Provenance == provenance) is { } latest ? latest.Stamp.Second
        : Math.Max(Last(source.Hours, Seconds.Hour), Math.Max(Last(source.Days, Seconds.Day), Last(source.Weeks, Seconds.Week)));

    private static long Last(ImmutableArray<Bucket> ring, long seconds) => ring.IsEmpty ? 0 : ring[^1].Index * seconds;

    private static bool IsBare(SourceContext source) =>
        source.Hours.IsEmpty && source.Days.IsEmpty && source.Weeks.IsEmpty && source.Conversations.IsEmpty && source.Topics.IsEmpty && source.Traits.IsEmpty
        && source.CorrectedTopics.IsEmpty && source.Posts.IsEmpty && source.Pages.IsEmpty && source.Outcomes.IsEmpty && source.Recent.IsEmpty
        && source.Score is null && source.Survey is null && source.Upstream is null;
}
