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

/// <summary>
/// One meter of a rate, as a single number: the generic cell rate algorithm (ITU-T I.371, 1.4.1). The number is the instant at which everything taken so far would
/// have been taken at the stated pace; a rested meter's lies in the past.
/// </summary>
public static class RateRules
{
    /// <summary>Takes <paramref name="cost"/> units, if the meter has not run ahead of its pace by the whole window.</summary>
    /// <param name="paced">The meter, in ticks of 100 ns of any clock that never goes back; 0 for a new one.</param>
    /// <param name="perSecond">Units a second, 1 to 10,000,000.</param>
    /// <param name="cost">
    /// Units, 1 or more. A call of many units is let in whole while there is room for one, and the excess is paid off before the next: so every request that the
    /// contract allows gets through at any rate, and the mean still holds.
    /// </param>
    /// <param name="now">The clock, in ticks.</param>
    public static RateStep Take(long paced, int perSecond, int cost, long now)
    {
        var from = Math.Max(paced, now);
        var wait = Wait(paced, now);

        // Rounded up, so that rounding never lets one more in.
        return wait == TimeSpan.Zero
            ? new RateStep(from + (((TimeSpan.TicksPerSecond * cost) + perSecond - 1) / perSecond), TimeSpan.Zero)
            : new RateStep(paced, wait);
    }

    /// <summary>How long until the meter lets something in; zero if it does now.</summary>
    public static TimeSpan Wait(long paced, long now) =>
        paced - now < Limits.Rates.Window.Ticks ? TimeSpan.Zero : TimeSpan.FromTicks(paced - now - Limits.Rates.Window.Ticks + 1);
}

/// <summary>What became of an attempt.</summary>
/// <param name="Paced">The meter after it.</param>
/// <param name="Wait">How long to wait before the same would be let in; zero if it was.</param>
public readonly record struct RateStep(long Paced, TimeSpan Wait)
{
    /// <summary>True if it was let in.</summary>
    public bool IsTaken => Wait == TimeSpan.Zero;
}

/// <summary>What calls are counted together. Each lane has meters of its own, so that a flood in one leaves the others free.</summary>
public enum Lane
{
    /// <summary>Reads; a batch counts each subject.</summary>
    Looks = 1,

    /// <summary>Signals sent in, each counted.</summary>
    Signals,

    /// <summary>Everything else.</summary>
    Other,

    /// <summary>Taking back: revoke, pause, erase. Never limited.</summary>
    Free,
}
