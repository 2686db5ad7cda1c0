using CustomerContext.Domain.Tribes;
using Orleans;

namespace CustomerContext.Grains.Tribes;

/// <summary>A tribe, as one audience sees it: where its members are kept, and what it has released. The key is made by <see cref="TribeKeys.Tribe"/>.</summary>
/// <remarks>Every method throws <see cref="Durability.StateUnavailableException"/> if the store gives no sure answer.</remarks>
[Alias("ITribeGrain")]
public interface ITribeGrain : IGrainWithStringKey, IRemindable
{
    /// <summary>The shard for a new member.</summary>
    /// <param name="full">A shard that had no room; absent: none was tried.</param>
    [Alias("Place")]
    Task<int> Place(int? full);

    /// <summary>What is released.</summary>
    [Alias("Get")]
    Task<TribeView> Get();

    /// <summary>What is released, once there is a release after number <paramref name="seen"/>, or a while has passed.</summary>
    /// <param name="seen">The number of the release that the reader has; 0 before the first.</param>
    /// <param name="left">The reader has left: the wait is over.</param>
    [Alias("WaitFor")]
    Task<TribeView> WaitFor(long seen, CancellationToken left = default);

    /// <summary>Done when <paramref name="round"/> is over, whatever came of it.</summary>
    [Alias("Finish")]
    Task Finish(long round);
}
