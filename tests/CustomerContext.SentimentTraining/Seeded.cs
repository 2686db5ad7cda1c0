namespace CustomerContext.SentimentTraining;

/// <summary>Randomness that is the same every time.</summary>
internal static class Seeded
{
#pragma warning disable RS0030 // Seeded, which is what the ban asks for.
    public static Random Random(int seed) => new(seed);
#pragma warning restore RS0030
}
