using System.Diagnostics;
using CustomerContext.Domain.Sentiment;

namespace CustomerContext.Benchmarks.Sentiment;

/// <summary>How fast one core scores messages of at most <see cref="MostCharacters"/>, language included, and what a call allocates.</summary>
/// <param name="PerSecond">Texts per second of processor time, the median of the rounds.</param>
/// <param name="Lowest">The slowest round.</param>
/// <param name="Highest">The fastest.</param>
/// <param name="BytesPerCall">Allocated, in steady state.</param>
/// <param name="Characters">Of a text, on average.</param>
internal sealed record ScoringSpeed(double PerSecond, double Lowest, double Highest, double BytesPerCall, double Characters)
{
    /// <summary>As long as a message on most networks may be.</summary>
    public const int MostCharacters = 280;

    private const int Rounds = 7;
    private static readonly TimeSpan _round = TimeSpan.FromSeconds(1);

    public static ScoringSpeed Measure(IEnumerable<string> all, TextScorer scorer)
    {
        var texts = all.Where(text => text.Length <= MostCharacters).ToArray();
        Round(texts, scorer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = Score(texts, scorer);
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)count;
        var rounds = Enumerable.Range(0, Rounds).Select(_ => Round(texts, scorer)).Order().ToArray();
        return new ScoringSpeed(rounds[Rounds / 2], rounds[0], rounds[^1], bytes, texts.Average(text => text.Length));
    }

    private static double Round(string[] texts, TextScorer scorer)
    {
        using var process = Process.GetCurrentProcess();
        var (start, count) = (process.TotalProcessorTime, 0);
        var spent = TimeSpan.Zero;
        while (spent < _round)
        {
            count += Score(texts, scorer);
            process.Refresh();
            spent = process.TotalProcessorTime - start;
        }

        return count / spent.TotalSeconds;
    }

    private static int Score(string[] texts, TextScorer scorer)
    {
        foreach (var text in texts)
        {
            scorer.Score(text, null);
        }

        return texts.Length;
    }
}
