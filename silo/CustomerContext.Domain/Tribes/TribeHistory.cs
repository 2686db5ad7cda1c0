using System.Collections.Immutable;
using CustomerContext.Domain.Groups;
using Orleans;

namespace CustomerContext.Domain.Tribes;

/// <summary>What a tribe has released to one audience: all that anybody is ever shown of it.</summary>
/// <param name="Number">Of the latest release; 0 before the first.</param>
/// <param name="Cadence">How often it releases.</param>
/// <param name="Last">What is shown now; absent: too few were heard.</param>
/// <param name="Before">What was shown before that; absent if nothing.</param>
/// <param name="Points">The releases of the last 84 days, oldest first; of days before the last two only the last each.</param>
[GenerateSerializer, Immutable, Alias("TribeHistory")]
public sealed record TribeHistory(
    [property: Id(0)] long Number,
    [property: Id(1)] Cadence Cadence,
    [property: Id(2)] TribeRelease? Last,
    [property: Id(3)] TribeRelease? Before,
    [property: Id(4)] ImmutableArray<TrendPoint> Points)
{
    /// <summary>Nothing yet.</summary>
    public static TribeHistory Empty { get; } = new(0, Cadence.Daily, null, null, []);
}

/// <summary>One point of a trend.</summary>
/// <param name="At">When it was released.</param>
/// <param name="Score">Thousandths, whole hundreds; absent: too few were heard from here on.</param>
/// <param name="Heard">How many were; 0 if too few.</param>
[GenerateSerializer, Immutable, Alias("TrendPoint")]
public readonly record struct TrendPoint([property: Id(0)] DateTimeOffset At, [property: Id(1)] int? Score, [property: Id(2)] int Heard);
