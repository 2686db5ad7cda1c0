using System.Globalization;

namespace CustomerContext.Testing;

/// <summary>How long trials run: a short form by default, the full one by an environment variable (tests/README.md).</summary>
public static class Trials
{
    /// <summary>The number in the environment variable <paramref name="name"/>, or <paramref name="shortForm"/>.</summary>
    public static int Count(string name, int shortForm) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : shortForm;

    /// <summary>The seed of a trial: CC_SEED, or the same always.</summary>
    public static int Seed => Count("CC_SEED", 20261122);
}
