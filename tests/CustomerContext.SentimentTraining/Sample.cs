using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Sentiment.Model;
using CustomerContext.Domain.Sentiment.Rules;
using CustomerContext.Domain.Sentiment.Words;

namespace CustomerContext.SentimentTraining;

/// <summary>A text as the trainer sees it.</summary>
/// <param name="Places">Features, each worth 1 / sqrt(how many).</param>
/// <param name="Bins">Features worth 1.</param>
internal sealed record Sample(int[] Places, int[] Bins, RuleReading Rules)
{
    public static Sample Of(string text, TextLanguage language)
    {
        var collector = new Collector();
        var rules = TextFeatures.Read(text, language, Lexicon.Shared, ref collector);
        var bins = new int[RuleBins.PerText];
        RuleBins.Fill(rules, language, text.Length, bins);
        return new Sample([.. collector.Places], bins, rules);
    }

    /// <summary>With those bins only that are the same in every language: what is learned in English of the others must hold elsewhere.</summary>
    public Sample Universal() => this with { Bins = Bins[..RuleBins.Universal] };

    /// <summary>With no words, only what the rules found.</summary>
    public Sample RulesOnly() => Universal() with { Places = [] };

    private readonly struct Collector() : IFeatureSink
    {
        public List<int> Places { get; } = [];

        public void Take(ReadOnlySpan<int> places) => Places.AddRange(places);
    }
}
