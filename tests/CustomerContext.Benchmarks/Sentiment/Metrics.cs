using CustomerContext.SentimentTraining;

namespace CustomerContext.Benchmarks.Sentiment;

/// <summary>One text: what people said of it and what a tool did.</summary>
internal readonly record struct Verdict(Line Line, double Score, Label Label);

/// <summary>The usual figures.</summary>
internal static class Metrics
{
    public static double? Accuracy(IReadOnlyList<Verdict> verdicts) => Share(verdicts, verdict => verdict.Label == verdict.Line.Label);

    /// <summary>Mean F1 of the labels that people gave.</summary>
    public static double? MacroF1(IReadOnlyList<Verdict> verdicts) => verdicts.Count == 0 ? null : verdicts.Select(verdict => verdict.Line.Label).Distinct().Average(label =>
    {
        var both = verdicts.Count(verdict => verdict.Line.Label == label && verdict.Label == label);
        return 2.0 * both / (verdicts.Count(verdict => verdict.Line.Label == label) + verdicts.Count(verdict => verdict.Label == label));
    });

    /// <summary>Of lines that are good or bad, how many are told apart if a neutral answer counts as half right.</summary>
    public static double? Forced(IReadOnlyList<Verdict> verdicts)
    {
        var lines = verdicts.Where(verdict => verdict.Line.Label != Label.Neutral).ToArray();
        return lines.Length == 0 ? null : lines.Average(verdict => verdict.Label == Label.Neutral ? 0.5 : verdict.Label == verdict.Line.Label ? 1 : 0);
    }

    /// <summary>Pearson's r of score and human mean; absent where there is none.</summary>
    public static double? Pearson(IReadOnlyList<Verdict> verdicts)
    {
        var pairs = verdicts.Where(verdict => verdict.Line.Valence is not null).Select(verdict => (X: verdict.Score, Y: verdict.Line.Valence!.Value)).ToArray();
        if (pairs.Length < 3)
        {
            return null;
        }

        var (x, y) = (pairs.Average(pair => pair.X), pairs.Average(pair => pair.Y));
        var spread = Math.Sqrt(pairs.Sum(pair => (pair.X - x) * (pair.X - x)) * pairs.Sum(pair => (pair.Y - y) * (pair.Y - y)));
        return spread == 0 ? null : pairs.Sum(pair => (pair.X - x) * (pair.Y - y)) / spread;
    }

    /// <summary>Absent of nothing.</summary>
    public static double? Share<T>(IReadOnlyCollection<T> items, Func<T, bool> isSo) => items.Count == 0 ? null : items.Count(isSo) / (double)items.Count;

    /// <summary>The shares right of ten equal parts, the least confident first; empty of too few.</summary>
    public static double[] Deciles(IReadOnlyList<Answer> answers)
    {
        var ordered = answers.OrderBy(answer => answer.Score.Confidence).ToArray();
        return ordered.Length < 100
            ? []
            : [.. Enumerable.Range(0, 10).Select(part => ordered[(ordered.Length * part / 10)..(ordered.Length * (part + 1) / 10)].Average(answer => answer.IsRight ? 1.0 : 0))];
    }
}
