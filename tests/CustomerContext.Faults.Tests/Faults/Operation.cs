using CustomerContext.V1;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>A call of a client that came back, on the trial's one clock of moments.</summary>
/// <param name="Kind">What was called.</param>
/// <param name="Begun">The moment before it was sent.</param>
/// <param name="Returned">The moment after its reply.</param>
internal sealed record Operation(OperationKind Kind, long Begun, long Returned)
{
    /// <summary>By the wall clock, which the silo on this machine has too.</summary>
    public DateTimeOffset BegunAt { get; init; }

    /// <summary>The grant that a change is about; those that a lookup was answered under, none if it was refused.</summary>
    public IReadOnlyList<string> Grants { get; init; } = [];

    /// <summary>What a lookup showed, or what a narrowed grant has left.</summary>
    public IReadOnlyList<Facet> Facets { get; init; } = [];

    /// <summary>The consent version that a change returned.</summary>
    public long Epoch { get; init; }

    /// <summary>When a new grant ends.</summary>
    public DateTimeOffset Until { get; init; } = DateTimeOffset.MaxValue;
}

/// <summary>What a client called.</summary>
internal enum OperationKind
{
    Grant,
    Narrow,
    Revoke,
    Pause,
    Lift,
    Look,
}
