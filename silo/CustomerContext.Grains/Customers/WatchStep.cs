using CustomerContext.Domain.Consents;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>What a watch has next: a frame, an end, or neither (nothing new: send a heartbeat and ask again).</summary>
/// <param name="Frame">What to show now. It must be handed over within <paramref name="WriteWithin"/>, and the next step asked for after that.</param>
/// <param name="WriteWithin">
/// How long after the step was asked for the frame must have been handed over, by the clock of whoever asked. It is a duration because the clocks of two silos differ, and it
/// counts from the question because that was asked before the grain began to count.
/// </param>
/// <param name="End">Why the watch has ended; nothing follows.</param>
[GenerateSerializer, Immutable, Alias("WatchStep")]
public sealed record WatchStep(
    [property: Id(0)] LookAnswer? Frame = null,
    [property: Id(1)] TimeSpan WriteWithin = default,
    [property: Id(2)] WatchEnd? End = null);
