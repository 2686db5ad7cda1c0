using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Ties;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>A wish to look at a customer's context once.</summary>
/// <param name="Read">Who asks for what; that token and tenant allow it has been checked.</param>
/// <param name="Actor">The actor's stable pseudonym, for the record; absent for the customer themselves.</param>
[GenerateSerializer, Immutable, Alias("LookRequest")]
public sealed record LookRequest([property: Id(0)] ReadRequest Read, [property: Id(1)] string? Actor)
{
    /// <summary>Facets that cannot be shown now whatever is granted; the customer's grain finds out, and tells the grain of a linked customer, whose record must not claim them.</summary>
    [Id(2)]
    public FacetSet Unreachable { get; init; }

    /// <summary>From when until when the history of moods is read; absent for a look at what is now.</summary>
    [Id(3)]
    public HistoryWindow? History { get; init; }

    /// <summary>How long the answer may be; absent: as long as it is.</summary>
    [Id(4)]
    public AnswerRoom? Room { get; init; }

    /// <summary>How long after it arrived somebody waits for it to be decided; then it is not made and not recorded. A duration, since the clocks of two silos differ. Absent: somebody waits.</summary>
    [Id(5)]
    public TimeSpan? Within { get; init; }
}
