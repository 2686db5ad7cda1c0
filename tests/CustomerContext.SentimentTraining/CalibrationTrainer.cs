using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Sentiment.Model;

namespace CustomerContext.SentimentTraining;

/// <summary>
/// Boundaries and confidence, from feelings of lines that the heads have not seen. English has lines of all three labels, and the boundary is the
/// geometric mean of those that are best for each kind of text; other languages take over what holds
/// in English when their kind of neutral head is used there. Their boundary lies half-way (in ratio) between the English one and that at which as
/// many of their subtitles as of the English ones, none of which is neutral, are called so.
/// </summary>
internal static class CalibrationTrainer
{
    /// <summary>Of what is called unhappy this share must be, in English, all labels being equally frequent.</summary>
    private const double UnhappyPrecision = 0.85;

    /// <summary>What is taken over by other languages must be surer, since taking over costs.</summary>
    private const double ForeignUnhappyPrecision = 0.86;

    private const float ShownThreshold = 0.2f;
    private const int FewestOfAStep = 50;

    public static Calibration Train(Example[] examples, Balance balance)
    {
        var english = examples.Where(example => example.HasNeutrals).ToArray();
        var kinds = english.GroupBy(example => example.Line.File).Select(kind => kind.ToArray());
        var boundary = MathF.Exp(kinds.Average(kind => MathF.Log(Best(Steps(0.05f, 0.4f), value => MacroF1(kind, balance, value)))));
        var share = NeutralShare(examples, TextLanguage.English, boundary);
        var boundaries = ForEach(language => language is TextLanguage.English or TextLanguage.Other
            ? boundary
            : MathF.Sqrt(boundary * Best(Steps(0.02f, 0.4f), value => -Math.Abs(NeutralShare(examples, language, value) - share))));
        var accuracy = ForEach(language => language == TextLanguage.Other ? 1 : Accuracy(examples, balance, language));
        var reliability = ForEach(language => language == TextLanguage.Other ? 1
            : Math.Min(1, ((2 * accuracy[(int)language]) - 1) / ((2 * accuracy[0]) - 1)));
        var isNeutral = english.ToLookup(example => Read(example.Feeling.Value, boundary) == Label.Neutral);
        var feelings = Confidence(isNeutral[false], balance, boundary, Calibration.FeelingSteps, feeling => Math.Abs(feeling.Value));
        var neutrals = Confidence(isNeutral[true], balance, boundary, Calibration.NeutralSteps, feeling => feeling.Neutral);
        var own = Unhappy(english, balance, UnhappyPrecision, example => example.Feeling.Value);
        var foreign = Unhappy(english, balance, ForeignUnhappyPrecision, example => example.ForeignFeeling.Value);
        var unhappy = ForEach(language => language == TextLanguage.English ? own : foreign);
        var unscored = new Calibration(boundaries, unhappy, new float[TextLanguages.Count], reliability, feelings, neutrals);
        return unscored with
        {
            // Two messages of confidence c and score s are shown as 2 c s / (2 c + 1).
            UnhappyScore = ForEach(language =>
            {
                var weight = 2 * unscored.Confidence(new Feeling(unhappy[(int)language], 0), language);
                return ShownThreshold * (weight + 1) / weight;
            }),
        };
    }

    private static float[] ForEach(Func<TextLanguage, float> make) => [.. Enum.GetValues<TextLanguage>().Select(make)];

    private static float[] Steps(float from, float to) => [.. Enumerable.Range(0, (int)((to - from) * 200)).Select(step => from + (step / 200f))];

    private static float Best(float[] values, Func<float, double> worth) => values.MaxBy(worth);

    private static Label Read(float feeling, float boundary) => Math.Abs(feeling) < boundary ? Label.Neutral : feeling < 0 ? Label.Negative : Label.Positive;

    private static double MacroF1(Example[] examples, Balance balance, float boundary)
    {
        var counts = new double[3, 3];
        foreach (var example in examples)
        {
            counts[(int)example.Line.Label, (int)Read(example.Feeling.Value, boundary)] += balance.OfLabel(example);
        }

        return Enumerable.Range(0, 3).Average(label =>
        {
            var sum = Enumerable.Range(0, 3).Sum(other => counts[label, other] + counts[other, label]);
            return 2 * counts[label, label] / sum;
        });
    }

    /// <summary>How many of the subtitles that are good or bad are called neutral.</summary>
    private static double NeutralShare(Example[] examples, TextLanguage language, float boundary) => examples
        .Where(example => example.Line.Language == language && example.Line.File.StartsWith("xed_", StringComparison.Ordinal) && example.Line.Label != Label.Neutral)
        .Average(example => Math.Abs(example.Feeling.Value) < boundary ? 1.0 : 0);

    /// <summary>Share of the good and bad subtitles that are told apart.</summary>
    private static float Accuracy(Example[] examples, Balance balance, TextLanguage language)
    {
        var lines = examples.Where(example => example.Line.Language == language && example.Line.File.StartsWith("xed_", StringComparison.Ordinal)
            && example.Line.Label != Label.Neutral).ToArray();
        return (float)(lines.Where(example => example.Feeling.Value > 0 == (example.Line.Label == Label.Positive)).Sum(balance.OfPolarity)
            / lines.Sum(balance.OfPolarity));
    }

    /// <summary>Confidence by <paramref name="place"/>, 0 to 1, of those called something; never falling with it.</summary>
    private static float[] Confidence(IEnumerable<Example> examples, Balance balance, float boundary, int steps, Func<Feeling, float> place)
    {
        var (right, all, count) = (new double[steps], new double[steps], new int[steps]);
        foreach (var example in examples)
        {
            var step = Math.Min(steps - 1, (int)(place(example.Feeling) * steps));
            var weight = balance.OfLabel(example);
            right[step] += Read(example.Feeling.Value, boundary) == example.Line.Label ? weight : 0;
            all[step] += weight;
            count[step]++;
        }

        var shares = Enumerable.Range(0, steps).Select(step => count[step] < FewestOfAStep ? (double?)null : right[step] / all[step]).ToArray();
        return [.. Monotone.Rising(shares, all).Select(share => (float)Math.Clamp((share - (1.0 / 3)) * 1.5, 0, 1))];
    }

    /// <summary>The least strength from which on those called unhappy are, as often as asked.</summary>
    private static float Unhappy(Example[] examples, Balance balance, double precision, Func<Example, float> feeling) => Steps(0.3f, 0.9f).First(value =>
    {
        var called = examples.Where(example => feeling(example) <= -value).ToArray();
        return called.Where(example => example.Line.Label == Label.Negative).Sum(balance.OfLabel) >= precision * called.Sum(balance.OfLabel);
    });
}
