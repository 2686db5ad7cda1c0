using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Sentiment.Model;
using CustomerContext.Domain.Sentiment.Rules;
using CustomerContext.Domain.Sentiment.Words;

namespace CustomerContext.SentimentTraining;

/// <summary>
/// The three heads. Polarity learns from every line that is good or bad, in every language, and from the word lists, so that a word form that no line has is known by
/// its n-grams. Neutral learns from English.
/// </summary>
internal sealed class HeadTrainer(Balance balance)
{
    private static readonly Lesson[] _words = [.. Words()];

    public LinearTrainer Polarity { get; } = New();

    public LinearTrainer EnglishNeutral { get; } = New();

    public LinearTrainer AnyNeutral { get; } = New();

    public HeadTrainer Train(Example[] examples)
    {
        Lesson[] polarity =
        [
            .. examples.Where(example => example.Line.Label != Label.Neutral)
                .Select(example => new Lesson(example.Sample, example.Line.Label == Label.Positive ? 1 : 0, balance.OfPolarity(example))),
            .. _words,
        ];
        var neutral = examples.Where(example => example.HasNeutrals).ToArray();
        Parallel.Invoke(
            () => Polarity.Train(polarity, seed: 1),
            () => EnglishNeutral.Train([.. neutral.Select(example => Neutral(example, example.Sample.Universal()))], seed: 2),
            () => AnyNeutral.Train([.. neutral.Select(example => Neutral(example, example.Sample.RulesOnly()))], seed: 3));
        return this;
    }

    public Heads Read(Sample sample) => new(Polarity.Logit(sample), EnglishNeutral.Logit(sample.Universal()), AnyNeutral.Logit(sample.RulesOnly()));

    private Lesson Neutral(Example example, Sample sample) => new(sample, example.Line.Label == Label.Neutral ? 1 : 0, balance.OfNeutral(example));

    private static LinearTrainer New() => new(1 << TextFeatures.Bits, RuleBins.Count);

    private static IEnumerable<Lesson> Words() =>
        from list in LexiconFiles.All
        where list.Language != TextLanguage.Other
        from word in LexiconFiles.Read(list.Name)
        where word.Entry.Class == WordClass.Feeling && char.IsLetter(word.Word[0])
        select new Lesson(Sample.Of(word.Word.TrimEnd('*'), list.Language) with { Bins = [] }, word.Entry.Feeling > 0 ? 1 : 0, 1);
}
