using Orleans;

namespace CustomerContext.Domain.Groups;

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
