using CustomerContext.Domain.Consents;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>What a watch has next: a frame, an end, or neither (nothing new: send a heartbeat and ask again).</summary>
/// <param name="Frame">What to show now. It must be handed over before <paramref name="WriteBefore"/>, and the next step asked for after that.</param>
/// <param name="WriteBefore">When handing over the frame must have ended, by the silo's clock.</param>
/// <param name="End">Why the watch has ended; nothing follows.</param>
[GenerateSerializer, Immutable, Alias("WatchStep")]
public sealed record WatchStep(
    [property: Id(0)] LookAnswer? Frame = null,
    [property: Id(1)] DateTimeOffset WriteBefore = default,
    [property: Id(2)] WatchEnd? End = null);
