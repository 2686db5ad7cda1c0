using System.Collections.Immutable;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Help;
using Orleans;

namespace CustomerContext.Domain.Tribes;

/// <summary>A tribe, as one audience sees it.</summary>
/// <param name="Shards">How many shards keep its members; new members go to the last.</param>
/// <param name="Due">When the next release is due; absent while nobody ever was a member.</param>
/// <param name="Round">How many release times were made use of, whether something was released or too few were heard.</param>
/// <param name="IsMarking">True until all shards know that what they added up to in this round was released.</param>
/// <param name="History">What is released.</param>
[GenerateSerializer, Immutable, Alias("TribeState")]
public sealed record TribeState(
    [property: Id(0)] int Shards,
    [property: Id(1)] DateTimeOffset? Due,
    [property: Id(2)] long Round,
    [property: Id(3)] bool IsMarking,
    [property: Id(4)] TribeHistory History)
{
    /// <summary>What it asks a sample of its members; absent: nothing yet.</summary>
    [Id(5)]
    public PanelQuestion? Question { get; init; }

    /// <summary>What is shown of readers, who are a group like a tribe; absent of every tribe, and while there are too few.</summary>
    [Id(6)]
    public ReadersRelease? Readers { get; init; }

    /// <summary>Nobody ever was a member.</summary>
    public static TribeState Empty { get; } = new(0, null, 0, false, TribeHistory.Empty);

    /// <summary>What readers get.</summary>
    public TribeView View => new(History, Due, Question) { Readers = Readers };

    /// <summary>The tribe with room for one more: with a first shard, or with another one if the last is the one that was full.</summary>
    /// <param name="full">The shard that had no room; absent: none was tried.</param>
    /// <param name="firstDue">When the first release is due.</param>
    public TribeState Open(int? full, DateTimeOffset firstDue) => Shards == 0 || full == Shards - 1
        ? this with { Shards = Shards + 1, Due = Due ?? firstDue }
        : this;

    /// <summary>The tribe after the release time <paramref name="at"/>.</summary>
    /// <param name="sums">What all shards added up to in this round.</param>
    /// <param name="seed">Of the group and time.</param>
    /// <param name="minute">The group's minute of the day.</param>
    /// <param name="at">The release time.</param>
    /// <param name="about">What the tribe is about; absent if that is not known any more.</param>
    public TribeState Release(GroupSums sums, ReleaseSeed seed, int minute, DateTimeOffset at, TribeTopics? about)
    {
        var history = TribeReleaseRules.Release(History, sums, seed, minute, at);
        return this with
        {
            Due = ReleaseClock.Next(minute, history.Cadence, at),
            Round = Round + 1,
            IsMarking = history.Number > History.Number,
            History = history,
            Question = PanelRules.Next(Question, about, seed, sums, at),
        };
    }

    /// <summary>The readers after the release time <paramref name="at"/>. They have no mood and no history.</summary>
    /// <param name="sums">What all shards added up to in this round.</param>
    /// <param name="seed">Of the group and time.</param>
    /// <param name="minute">The group's minute of the day.</param>
    /// <param name="at">The release time.</param>
    public TribeState ReleaseReaders(GroupSums sums, ReleaseSeed seed, int minute, DateTimeOffset at) => this with
    {
        Due = ReleaseClock.Next(minute, Cadence.Daily, at),
        Round = Round + 1,
        Readers = ReadersReleaseRules.Release(Readers, sums, seed, at),
    };
}

/// <summary>What a tribe shows one audience.</summary>
/// <param name="History">What is released.</param>
/// <param name="Due">When that may change; absent while nobody ever was a member.</param>
/// <param name="Question">What it asks a sample of its members; absent: nothing yet.</param>
[GenerateSerializer, Immutable, Alias("TribeView")]
public sealed record TribeView([property: Id(0)] TribeHistory History, [property: Id(1)] DateTimeOffset? Due, [property: Id(2)] PanelQuestion? Question = null)
{
    /// <summary>What is shown of readers; absent of every tribe, and while there are too few.</summary>
    [Id(3)]
    public ReadersRelease? Readers { get; init; }
}

/// <summary>One shard of a tribe.</summary>
/// <param name="Members">Its members.</param>
/// <param name="Sealed">What they added up to for the last round that was asked for; absent before the first.</param>
[GenerateSerializer, Immutable, Alias("TribeShardState")]
public sealed record TribeShardState([property: Id(0)] GroupMembers Members, [property: Id(1)] SealedSums? Sealed)
{
    /// <summary>Nobody.</summary>
    public static TribeShardState Empty { get; } = new(GroupMembers.Empty, null);

    /// <summary>
    /// The shard with its sums for <paramref name="round"/> laid down; unchanged if that was done before. So a release that is repeated after a crash is made from the same sums.
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
    public TribeShardState RecordReleased(long round, DateTimeOffset at, GroupMembers? then)
    {
        if (Sealed is not { IsMarked: false } last || last.Round != round)
        {
            return this;
        }

        var released = GroupRules.RecordReleased(then ?? Members, at).Members.ToDictionary(member => member.Contribution.Pseudonym, member => member.Released);
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
