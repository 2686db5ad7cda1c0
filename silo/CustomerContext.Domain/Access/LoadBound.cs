namespace CustomerContext.Domain.Access;

/// <summary>How much of a kind may be in hand at once, in units: one for each person that a call names, and at least one for the call.</summary>
/// <param name="Own">In the room that each has of its own, which no other one's calls take; 1 or more.</param>
/// <param name="Shared">In the room that all share, with what is there already of any kind; 1 or more.</param>
public sealed record LoadBound(int Own, int Shared);

/// <summary>What is bounded while it is in hand.</summary>
public enum LoadKind
{
    /// <summary>A call that is over soon and sends no signals.</summary>
    Call = 1,

    /// <summary>Signals.</summary>
    Signals,

    /// <summary>A stream for as long as it is open.</summary>
    Stream,
}
