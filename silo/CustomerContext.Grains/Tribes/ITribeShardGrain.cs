using CustomerContext.Domain.Groups;
using Orleans;

namespace CustomerContext.Grains.Tribes;

/// <summary>Part of a tribe's members, as one audience sees it: the latest contribution of each, and nothing else. The key is made by <see cref="TribeKeys.Shard"/>.</summary>
/// <remarks>Every method answers when it is durable, and throws <see cref="Durability.StateUnavailableException"/> if the store gives no sure answer.</remarks>
[Alias("ITribeShardGrain")]
public interface ITribeShardGrain : IGrainWithStringKey
{
    /// <summary>A member's contribution. Idempotent, in any order. False if there is no room for one more member.</summary>
    [Alias("Put")]
    Task<bool> Put(Contribution contribution);

    /// <summary>Takes a member out; they are in no release that is not out when the answer is there. Idempotent.</summary>
    [Alias("Remove")]
    Task Remove(Removal removal);

    /// <summary>What the members add up to for a round of releasing; the same however often it is asked, until a later one is.</summary>
    /// <param name="round">The round, from 1.</param>
    /// <param name="at">The release time.</param>
    [Alias("Seal")]
    Task<GroupSums> Seal(long round, DateTimeOffset at);

    /// <summary>Tells that what was sealed in a round is released. Idempotent.</summary>
    /// <param name="round">The round.</param>
    /// <param name="at">The release time.</param>
    [Alias("Mark")]
    Task RecordReleased(long round, DateTimeOffset at);
}
