using CustomerContext.Domain.Sentiment.Model;

namespace CustomerContext.SentimentTraining;

/// <summary>From lines to a model.</summary>
internal static class Training
{
    private const int Parts = 3;

    /// <summary>What may train weights that ship (see the README beside the weights).</summary>
    public static bool MayTrain(Line line) =>
        (line.File.StartsWith("vader_", StringComparison.Ordinal) || line.File.StartsWith("xed_", StringComparison.Ordinal)) && !line.IsHeldOut;

    public static SentimentModel Run(Line[] lines, TextWriter report)
    {
        var examples = lines.AsParallel().AsOrdered().Select(line => new Example(line)).ToArray();
        var balance = new Balance(examples);
        for (var part = 0; part < Parts; part++)
        {
            var others = new HeadTrainer(balance).Train([.. examples.Where(example => example.Part != part)]);
            foreach (var example in examples.Where(example => example.Part == part))
            {
                example.Unseen = others.Read(example.Sample);
            }
        }

        var mix = MixTrainer.Train(examples, balance);
        MixTrainer.Apply(examples, mix);
        var calibration = CalibrationTrainer.Train(examples, balance);
        var heads = new HeadTrainer(balance).Train(examples);
        var languages = new LanguageTrainer().Train(lines);
        var (polarity, polarityScale) = Quantiser.Quantise(heads.Polarity.Weights);
        var (neutral, neutralScale) = Quantiser.Quantise(heads.EnglishNeutral.Weights);
        var feelings = new FeelingWeights(
            Quantiser.Interleave(polarity, neutral),
            [polarityScale, neutralScale],
            [heads.Polarity.Bins, heads.EnglishNeutral.Bins, heads.AnyNeutral.Bins]);
        Report(report, mix, calibration);
        return new SentimentModel(languages, feelings, mix, calibration);
    }

    private static void Report(TextWriter report, FeelingMix mix, Calibration calibration)
    {
        static string Show(float[] values) => string.Join(" ", values.Select(value => value.ToString("F3")));
        report.WriteLine($"polarity: slopes {Show(mix.Slopes)}; constant {mix.Constant:F3}, compound {mix.Compound:F3}, balance {mix.Balance:F3}");
        report.WriteLine($"neutral: English {mix.English}; others {mix.Others}");
        report.WriteLine($"boundary {Show(calibration.Boundary)}\nunhappy {Show(calibration.Unhappy)}\nunhappy score {Show(calibration.UnhappyScore)}");
        report.WriteLine($"reliability {Show(calibration.Reliability)}\nconfidence {Show(calibration.Feelings)}\nneutral confidence {Show(calibration.Neutrals)}");
    }
}
