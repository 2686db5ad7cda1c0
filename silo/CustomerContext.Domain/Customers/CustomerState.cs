using System.Collections.Immutable;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>
/// All that is known of one customer: integers, coded names and links, kept per source so that one can be left out exactly.
/// Scores and weights are thousandths. Arrays are sorted as stated and never default.
/// </summary>
/// <param name="Newest">Unix second of the newest signal taken; 0 before the first.</param>
/// <param name="Sources">At most 8, ordinal by source.</param>
/// <param name="TopicError">Most that a topic, evicted because there were more than 64, can have weighed; absent if none was.</param>
/// <param name="Window">Which signals other than behaviour were taken.</param>
[GenerateSerializer, Immutable, Alias("CustomerState")]
public sealed record CustomerState(
    [property: Id(0)] long Newest,
    [property: Id(1)] ImmutableArray<SourceContext> Sources,
    [property: Id(2)] WeekSum? TopicError,
    [property: Id(3)] SignalWindow Window)
{
    /// <summary>Signals ever taken: equal numbers mean that nothing new was learnt.</summary>
    [Id(4)]
    public long Taken { get; init; }

    /// <summary>Which behaviour signals were taken.</summary>
    [Id(5)]
    public SignalWindow Behaviours { get; init; } = SignalWindow.Empty;

    /// <summary>Nothing known.</summary>
    public static CustomerState Empty { get; } = new(0, [], null, SignalWindow.Empty);
}
