using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Signals;

/// <summary>
/// Something that happened, sent in by a source. Never holds text: a customer's words are scored at the door
/// and are then gone. What is well-formed: <see cref="SignalRules"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("Signal")]
public abstract record Signal
{
    /// <summary>The sender's id, 1 to 128 characters; with <see cref="Source"/> the idempotency key.</summary>
    [Id(0)]
    public string Id { get; init; } = "";

    /// <summary>Who sent it.</summary>
    [Id(1)]
    public SourceId Source { get; init; }

    /// <summary>When it happened; used to the millisecond, truncated. At most 5 minutes ahead of our clock.</summary>
    [Id(2)]
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>Where the content lives, an http(s) address of at most 256 bytes; absent if nowhere. Kept of conversations only.</summary>
    [Id(3)]
    public string? Link { get; init; }
}
