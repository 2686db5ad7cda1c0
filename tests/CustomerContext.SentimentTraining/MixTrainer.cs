using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Sentiment.Model;

namespace CustomerContext.SentimentTraining;

/// <summary>Brings heads and rules together, from what heads say of lines that they have not seen.</summary>
internal static class MixTrainer
{
    public static FeelingMix Train(Example[] examples, Balance balance)
    {
        var polarity = DenseTrainer.Train(
            [
                .. examples.Where(example => example.Line.Label != Label.Neutral)
                    .Select(example => (PolarityInputs(example), example.Line.Label == Label.Positive ? 1f : 0f, balance.OfPolarity(example))),
            ],
            seed: 4);
        var mix = new FeelingMix([.. polarity[..TextLanguages.Count]], polarity[^3], polarity[^2], polarity[^1], default, default);
        return mix with
        {
            English = Neutral(examples, balance, mix, heads => heads.EnglishNeutral),
            Others = Neutral(examples, balance, mix, heads => heads.AnyNeutral),
        };
    }

    /// <summary>Fills in the feelings.</summary>
    public static void Apply(Example[] examples, FeelingMix mix)
    {
        foreach (var example in examples)
        {
            var (heads, compound) = (example.Unseen, example.Sample.Rules.Compound);
            var polarity = mix.Polarity(heads.Polarity, example.Sample.Rules, example.Line.Language);
            var foreign = mix.Others.Logit(heads.AnyNeutral, polarity, compound);
            var own = example.Line.Language == TextLanguage.English ? mix.English.Logit(heads.EnglishNeutral, polarity, compound) : foreign;
            example.Feeling = FeelingMix.Blend(polarity, own, compound);
            example.ForeignFeeling = FeelingMix.Blend(polarity, foreign, compound);
        }
    }

    private static NeutralMix Neutral(Example[] examples, Balance balance, FeelingMix mix, Func<Heads, float> head)
    {
        var learned = DenseTrainer.Train(
            [
                .. examples.Where(example => example.HasNeutrals).Select(example =>
                {
                    var strength = Math.Abs(mix.Polarity(example.Unseen.Polarity, example.Sample.Rules, example.Line.Language));
                    float[] inputs = [1, head(example.Unseen), Math.Min(4, strength), Math.Abs(example.Sample.Rules.Compound)];
                    return (inputs, example.Line.Label == Label.Neutral ? 1f : 0f, balance.OfNeutral(example));
                }),
            ],
            seed: 5);
        return new NeutralMix(learned[0], learned[1], learned[2], learned[3]);
    }

    private static float[] PolarityInputs(Example example)
    {
        var rules = example.Sample.Rules;
        var inputs = new float[TextLanguages.Count + 3];
        inputs[(int)example.Line.Language] = example.Unseen.Polarity;
        inputs[^3] = 1;
        inputs[^2] = rules.Compound;
        inputs[^1] = (Math.Min(rules.Positives, 3) - Math.Min(rules.Negatives, 3)) / 3f;
        return inputs;
    }
}
