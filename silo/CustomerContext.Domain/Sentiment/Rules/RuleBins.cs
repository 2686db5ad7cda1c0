namespace CustomerContext.Domain.Sentiment.Rules;

/// <summary>
/// What the rules found, as a few of many bins, so that a linear model can learn a curve from it. The layout is part of the format of the weights.
/// </summary>
internal static class RuleBins
{
    /// <summary>How many bins one text falls into.</summary>
    public const int PerText = 15;

    /// <summary>The first of them are the same in every language; the others are told apart by language.</summary>
    public const int Universal = 12;

    private const int CompoundSteps = 21;
    private const int Hits = 4;

    /// <summary>How many bins there are.</summary>
    public static int Count { get; } = Fill(new RuleReading(), TextLanguage.English, 0, new int[PerText]);

    /// <summary>Writes the bins of a text of <paramref name="length"/> characters to <paramref name="bins"/>; returns how many there are in all.</summary>
    public static int Fill(in RuleReading rules, TextLanguage language, int length, Span<int> bins)
    {
        var compound = (int)MathF.Round((rules.Compound + 1) * (CompoundSteps - 1) / 2);
        var writer = new Writer(bins);
        writer.Add(compound, CompoundSteps);
        writer.Add((Most(rules.Positives, Hits) * Hits) + Most(rules.Negatives, Hits), Hits * Hits);
        writer.Add(rules.Last == 0 ? 0 : rules.Last > 0 ? 1 : 2, 3);
        writer.Add(Most(rules.Exclamations, 5), 5);
        writer.Add(Most(rules.Questions, 4), 4);
        writer.Add(Most(rules.Ellipses, 3), 3);
        writer.Add(Most(rules.CapitalWords, 4), 4);
        writer.Add(Most(rules.Elongations, 3), 3);
        writer.Add(Most(rules.Negations, 4), 4);
        writer.Add(Most(rules.Contrasts, 3), 3);
        writer.Add(Most(rules.Symbols, 4), 4);
        writer.Add(Most(int.Log2(Math.Max(1, length)), 12), 12);
        writer.Add((int)language, TextLanguages.Count);
        writer.Add(((int)language * CompoundSteps) + compound, TextLanguages.Count * CompoundSteps);
        writer.Add((int)language * Hits * Hits + (Most(rules.Positives, Hits) * Hits) + Most(rules.Negatives, Hits), TextLanguages.Count * Hits * Hits);
        return writer.Base;
    }

    private static int Most(int value, int steps) => Math.Min(value, steps - 1);

    private ref struct Writer(Span<int> bins)
    {
        private readonly Span<int> _bins = bins;
        private int _count;

        public int Base { get; private set; }

        public void Add(int bin, int steps)
        {
            _bins[_count++] = Base + bin;
            Base += steps;
        }
    }
}
