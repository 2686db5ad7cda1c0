namespace CustomerContext.SentimentTraining;

/// <summary>The nearest sequence that never falls (pool adjacent violators).</summary>
internal static class Monotone
{
    /// <summary>A value that is missing takes its neighbour's.</summary>
    public static double[] Rising(double?[] values, double[] weights)
    {
        var pools = new List<(double Sum, double Weight, int Length)>();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
            {
                pools.Add((value * weights[i], weights[i], 1));
            }
            else if (pools.Count > 0)
            {
                pools[^1] = pools[^1] with { Length = pools[^1].Length + 1 };
            }

            while (pools.Count > 1 && Mean(pools[^2]) > Mean(pools[^1]))
            {
                var (left, right) = (pools[^2], pools[^1]);
                pools.RemoveAt(pools.Count - 1);
                pools[^1] = (left.Sum + right.Sum, left.Weight + right.Weight, left.Length + right.Length);
            }
        }

        var known = pools.SelectMany(pool => Enumerable.Repeat(Mean(pool), pool.Length)).ToArray();
        return [.. Enumerable.Repeat(known[0], values.Length - known.Length), .. known];
    }

    private static double Mean((double Sum, double Weight, int Length) pool) => pool.Sum / pool.Weight;
}
