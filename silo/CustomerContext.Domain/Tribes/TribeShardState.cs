using System.Collections.Immutable;
using CustomerContext.Domain.Groups;
using Orleans;

namespace CustomerContext.Domain.Tribes;

/// <summary>One shard of a tribe.</summary>
/// <param name="Members">Its members.</param>
/// <param name="Sealed">What they added up to for the last round that was asked for; absent before the first.</param>
[GenerateSerializer, Immutable, Alias("TribeShardState")]
public sealed record TribeShardState([property: Id(0)] GroupMembers Members, [property: Id(1)] SealedSums? Sealed)
{
    /// <summary>Nobody.</summary>
    public static TribeShardState Empty { get; } = new(GroupMembers.Empty, null);

    /// <summary>
    /// The shard with its sums for <paramref name="round"/> laid down; unchanged if they are, so that a release that is made again after a crash is made of the same.
    /// </summary>
    public TribeShardState Seal(long round, DateTimeOffset at)
    {
        if (Sealed?.Round >= round)
        {
            return this;
        }

        var members = GroupRules.Tidy(Members, at);
        return new TribeShardState(members, new SealedSums(round, GroupSums.Of(members, at), IsMarked: false));
    }

    /// <summary>The shard once what it added up to in <paramref name="round"/> is released: each member bears the score that the release had of them.</summary>
    /// <param name="round">The round.</param>
    /// <param name="at">The release's time.</param>
    /// <param name="then">The members as they were sealed; absent if nobody knows any more, and then as they are.</param>
    public TribeShardState Mark(long round, DateTimeOffset at, GroupMembers? then)
    {
        if (Sealed is not { IsMarked: false } last || last.Round != round)
        {
            return this;
        }

        var released = GroupRules.Mark(then ?? Members, at).Members.ToDictionary(member => member.Contribution.Pseudonym, member => member.Released);
        ImmutableArray<GroupMember> members =
            [.. Members.Members.Select(member => member with { Released = released.GetValueOrDefault(member.Contribution.Pseudonym) })];
        return new TribeShardState(Members with { Members = members }, last with { IsMarked = true });
    }
}

/// <summary>The sums of one round.</summary>
/// <param name="Round">The round, from 1.</param>
/// <param name="Sums">What the shard added up to.</param>
/// <param name="IsMarked">True once it is known to be released, and the members bear what it had of them.</param>
[GenerateSerializer, Immutable, Alias("SealedSums")]
public sealed record SealedSums([property: Id(0)] long Round, [property: Id(1)] GroupSums Sums, [property: Id(2)] bool IsMarked);
