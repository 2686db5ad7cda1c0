using System.Collections.Immutable;
using Orleans;

namespace CustomerContext.Domain.Groups;

/// <summary>
/// What a group, or a shard of it, adds up to at one moment. Whole numbers only, so that the order of members and shards does not matter:
/// the sum of the shards is that of the whole.
/// </summary>
/// <param name="Silent">Those who write nothing.</param>
/// <param name="Few">Those who write a little.</param>
/// <param name="Many">Those who write much.</param>
/// <param name="Posts">By post instead of by member.</param>
/// <param name="Topics">What is on their minds, ordinal by topic.</param>
[GenerateSerializer, Immutable, Alias("GroupSums")]
public sealed record GroupSums(
    [property: Id(0)] StratumSums Silent,
    [property: Id(1)] StratumSums Few,
    [property: Id(2)] StratumSums Many,
    [property: Id(3)] PostSums Posts,
    [property: Id(4)] ImmutableArray<TopicSums> Topics)
{
    /// <summary>Nobody.</summary>
    public static GroupSums Zero { get; } = new(default, default, default, default, []);

    /// <summary>The strata, those who write least first.</summary>
    public ImmutableArray<StratumSums> Strata => [Silent, Few, Many];

    /// <summary>All of them together.</summary>
    public StratumSums All => Silent + Few + Many;

    /// <summary>What <paramref name="group"/> adds up to at <paramref name="now"/>: whoever has lapsed is left out, whether tidied away or not.</summary>
    /// <param name="group">The group.</param>
    /// <param name="now">The moment.</param>
    /// <param name="since">Counts only who has contributed since this moment or earlier; absent: all.</param>
    public static GroupSums Of(GroupMembers group, DateTimeOffset now, DateTimeOffset? since = null)
    {
        var second = now.ToUnixTimeSeconds();
        var latest = since?.ToUnixTimeSeconds() ?? long.MaxValue;
        Span<StratumSums> strata = stackalloc StratumSums[3];
        strata.Clear();
        var posts = default(PostSums);
        var topics = new SortedDictionary<string, TopicSums>(StringComparer.Ordinal);
        foreach (var member in group.Members)
        {
            var contribution = member.Contribution;
            if (!contribution.Counts(second, latest))
            {
                continue;
            }

            var isHeard = contribution.IsHeard(second);
            strata[(int)contribution.Stratum] += StratumSums.Of(contribution, isHeard, member.Released);
            posts += isHeard ? PostSums.Of(contribution, member.Released) : default;
            foreach (var topic in contribution.Topics)
            {
                topics[topic.Topic] = (topics.GetValueOrDefault(topic.Topic) ?? TopicSums.None(topic.Topic)).With(topic.Influence);
            }
        }

        return new GroupSums(strata[0], strata[1], strata[2], posts, [.. topics.Values]);
    }

    /// <summary>Two disjoint groups together.</summary>
    public static GroupSums operator +(GroupSums left, GroupSums right) => new(
        left.Silent + right.Silent,
        left.Few + right.Few,
        left.Many + right.Many,
        left.Posts + right.Posts,
        TopicSums.Merge(left.Topics, right.Topics));

    /// <summary>Two disjoint groups together.</summary>
    public static GroupSums Add(GroupSums left, GroupSums right) => left + right;

    /// <inheritdoc/>
    public bool Equals(GroupSums? other) => other is not null && Silent == other.Silent && Few == other.Few && Many == other.Many && Posts == other.Posts
        && Topics.AsSpan().SequenceEqual(other.Topics.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Silent, Few, Many, Posts, Topics.Length);
}
