using CustomerContext.Domain.Groups;
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

    /// <summary>Nobody ever was a member.</summary>
    public static TribeState Empty { get; } = new(0, null, 0, false, TribeHistory.Empty);

    /// <summary>What readers get.</summary>
    public TribeView View => new(History, Due, Question);

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
}

/// <summary>What a tribe shows one audience.</summary>
/// <param name="History">What is released.</param>
/// <param name="Due">When that may change; absent while nobody ever was a member.</param>
/// <param name="Question">What it asks a sample of its members; absent: nothing yet.</param>
[GenerateSerializer, Immutable, Alias("TribeView")]
public sealed record TribeView([property: Id(0)] TribeHistory History, [property: Id(1)] DateTimeOffset? Due, [property: Id(2)] PanelQuestion? Question = null);
