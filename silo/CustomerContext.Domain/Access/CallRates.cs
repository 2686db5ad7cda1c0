namespace CustomerContext.Domain.Access;

/// <summary>How much a caller may do, in each lane.</summary>
/// <param name="Looks">Reads a second, 1 or more.</param>
/// <param name="Signals">Signals a second, 1 or more.</param>
/// <param name="Other">Other calls a second, 1 or more.</param>
/// <remarks>Each is a mean over <see cref="Limits.Rates.Window"/>: so much at once is the most after a rest, then the stated number a second.</remarks>
public sealed record CallRates(int Looks, int Signals, int Other)
{
    /// <summary>So much a second in <paramref name="lane"/>; absent if it is not limited.</summary>
    public int? In(Lane lane) => lane switch
    {
        Lane.Looks => Looks,
        Lane.Signals => Signals,
        Lane.Other => Other,
        _ => null,
    };
}
