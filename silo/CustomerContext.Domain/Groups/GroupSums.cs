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

/// <summary>The members of one stratum together. Scores in 1/50, their squares in 1/2500.</summary>
/// <param name="Members">All, heard or not.</param>
/// <param name="Voices">Those who are heard, one voice each.</param>
/// <param name="Score">Sum of their scores.</param>
/// <param name="Squares">Sum of their squares.</param>
/// <param name="Both">Voices that the last release heard too.</param>
/// <param name="Change">Sum of those voices' changes since.</param>
/// <param name="ChangeSquares">Sum of the squares of the changes.</param>
/// <param name="Moved">Voices that the last release did not hear, or heard with another score.</param>
[GenerateSerializer, Immutable, Alias("StratumSums")]
public readonly record struct StratumSums(
    [property: Id(0)] int Members,
    [property: Id(1)] int Voices,
    [property: Id(2)] long Score,
    [property: Id(3)] long Squares,
    [property: Id(4)] int Both,
    [property: Id(5)] long Change,
    [property: Id(6)] long ChangeSquares,
    [property: Id(7)] int Moved)
{
    /// <summary>One member.</summary>
    public static StratumSums Of(Contribution contribution, bool isHeard, ReleasedScore? released)
    {
        if (!isHeard)
        {
            return new StratumSums(1, 0, 0, 0, 0, 0, 0, 0);
        }

        var score = contribution.Score!.Value;
        var change = released is { } before ? score - before.Score : 0;
        return new StratumSums(
            1, 1, score, score * score, released is null ? 0 : 1, change, change * change, released is null || change != 0 ? 1 : 0);
    }

    /// <summary>Two disjoint sets of members together.</summary>
    public static StratumSums operator +(StratumSums left, StratumSums right) => new(
        left.Members + right.Members,
        left.Voices + right.Voices,
        left.Score + right.Score,
        left.Squares + right.Squares,
        left.Both + right.Both,
        left.Change + right.Change,
        left.ChangeSquares + right.ChangeSquares,
        left.Moved + right.Moved);

    /// <summary>Two disjoint sets of members together.</summary>
    public static StratumSums Add(StratumSums left, StratumSums right) => left + right;
}

/// <summary>What heard members wrote, each post counting: the mood as others meet it.</summary>
/// <param name="Posts">Posts of members with a score of what they wrote.</param>
/// <param name="Score">Sum over these members of posts x score, in 1/50.</param>
/// <param name="Most">The most posts of one of them.</param>
/// <param name="Both">Posts of those whom the last release heard too.</param>
/// <param name="Change">Sum over those of posts x change since, in 1/50.</param>
/// <param name="Spread">Sum over those of the squares of posts x change.</param>
[GenerateSerializer, Immutable, Alias("PostSums")]
public readonly record struct PostSums(
    [property: Id(0)] long Posts,
    [property: Id(1)] long Score,
    [property: Id(2)] int Most,
    [property: Id(3)] long Both,
    [property: Id(4)] long Change,
    [property: Id(5)] long Spread)
{
    /// <summary>One heard member.</summary>
    public static PostSums Of(Contribution contribution, ReleasedScore? released)
    {
        if (contribution.PostScore is not { } score || contribution.Posts == 0)
        {
            return default;
        }

        long posts = contribution.Posts;
        var change = released?.PostScore is { } before ? posts * (score - before) : 0;
        return new PostSums(posts, posts * score, contribution.Posts, released?.PostScore is null ? 0 : posts, change, change * change);
    }

    /// <summary>Two disjoint sets of members together.</summary>
    public static PostSums operator +(PostSums left, PostSums right) => new(
        left.Posts + right.Posts,
        left.Score + right.Score,
        Math.Max(left.Most, right.Most),
        left.Both + right.Both,
        left.Change + right.Change,
        left.Spread + right.Spread);

    /// <summary>Two disjoint sets of members together.</summary>
    public static PostSums Add(PostSums left, PostSums right) => left + right;
}

/// <summary>How many members have a topic on their minds, and how their influence on it is spread.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="Members">On whose minds it is.</param>
/// <param name="Influence">How many of them have which influence, lowest first; those with none left out.</param>
[GenerateSerializer, Immutable, Alias("TopicSums")]
public sealed record TopicSums(
    [property: Id(0)] string Topic,
    [property: Id(1)] int Members,
    [property: Id(2)] ImmutableArray<InfluenceCount> Influence)
{
    /// <summary>On nobody's mind.</summary>
    public static TopicSums None(string topic) => new(topic, 0, []);

    /// <summary>With one member more.</summary>
    public TopicSums With(int influence) => this with
    {
        Members = Members + 1,
        Influence = influence > 0 ? Merge(Influence, [new InfluenceCount(influence, 1)]) : Influence,
    };

    /// <summary>Two disjoint groups' topics together.</summary>
    public static ImmutableArray<TopicSums> Merge(ImmutableArray<TopicSums> left, ImmutableArray<TopicSums> right) =>
    [
        .. left.Concat(right)
            .GroupBy(topic => topic.Topic, StringComparer.Ordinal)
            .OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => same.Aggregate((one, other) =>
                new TopicSums(one.Topic, one.Members + other.Members, Merge(one.Influence, other.Influence)))),
    ];

    /// <inheritdoc/>
    public bool Equals(TopicSums? other) =>
        other is not null && Topic == other.Topic && Members == other.Members && Influence.AsSpan().SequenceEqual(other.Influence.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Topic, Members, Influence.Length);

    private static ImmutableArray<InfluenceCount> Merge(ImmutableArray<InfluenceCount> left, ImmutableArray<InfluenceCount> right) =>
    [
        .. left.Concat(right)
            .GroupBy(count => count.Influence)
            .OrderBy(same => same.Key)
            .Select(same => new InfluenceCount(same.Key, same.Sum(count => count.Members))),
    ];
}

/// <summary>How many members have one influence.</summary>
/// <param name="Influence">In 1/50, 1 to 50.</param>
/// <param name="Members">At least 1.</param>
[GenerateSerializer, Immutable, Alias("InfluenceCount")]
public readonly record struct InfluenceCount([property: Id(0)] int Influence, [property: Id(1)] int Members);
