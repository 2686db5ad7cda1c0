namespace CustomerContext.Benchmarks.Groups;

/// <summary>How long calls took.</summary>
/// <param name="Calls">How many there were.</param>
/// <param name="P50">Microseconds within which half of them were done.</param>
/// <param name="P99">Microseconds within which 99 of 100 were.</param>
internal sealed record Spread(int Calls, double P50, double P99)
{
    /// <summary>Of at least one call.</summary>
    public static Spread Of(IEnumerable<TimeSpan> took)
    {
        var sorted = took.Order().ToArray();
        return new Spread(sorted.Length, At(0.5), At(0.99));

        double At(double share) => sorted[Math.Min((int)(share * sorted.Length), sorted.Length - 1)].TotalMicroseconds;
    }
}
