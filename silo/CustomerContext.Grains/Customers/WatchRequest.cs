using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>A wish to watch a customer's context change.</summary>
/// <param name="Look">As for a single look.</param>
/// <param name="Until">When the watch ends by itself: the end of the caller's token.</param>
[GenerateSerializer, Immutable, Alias("WatchRequest")]
public sealed record WatchRequest([property: Id(0)] LookRequest Look, [property: Id(1)] DateTimeOffset Until);
