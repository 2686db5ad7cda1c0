namespace CustomerContext.Testing.Groups;

/// <summary>
/// An attacker who has seen how an attack ends many times: logistic regression on everything that can be read, learnt on one half of the trials and judged on the other.
/// </summary>
public static class Guesser
{
    private const int Rounds = 300;
    private const double Rate = 0.5;
    private const double Decay = 0.001;

    /// <summary>Share of the second half of the trials in which the target's sign is guessed right.</summary>
    /// <param name="trials">What was read in each trial (always so many numbers), and whether the target feels well.</param>
    public static double Accuracy(IReadOnlyList<(double[] Read, bool IsPositive)> trials)
    {
        var half = trials.Count / 2;
        var scale = Scaled(trials.Take(half).Select(trial => trial.Read).ToList());
        var weights = new double[trials[0].Read.Length + 1];
        for (var round = 0; round < Rounds; round++)
        {
            var slope = new double[weights.Length];
            for (var i = 0; i < half; i++)
            {
                var read = scale(trials[i].Read);
                var error = (trials[i].IsPositive ? 1 : 0) - (1 / (1 + Math.Exp(-Sum(weights, read))));
                for (var j = 0; j < read.Length; j++)
                {
                    slope[j] += error * read[j];
                }

                slope[^1] += error;
            }

            for (var j = 0; j < weights.Length; j++)
            {
                weights[j] += Rate * ((slope[j] / half) - (Decay * weights[j]));
            }
        }

        return trials.Skip(half).Average(trial => Sum(weights, scale(trial.Read)) > 0 == trial.IsPositive ? 1.0 : 0.0);
    }

    private static double Sum(double[] weights, double[] read)
    {
        var sum = weights[^1];
        for (var j = 0; j < read.Length; j++)
        {
            sum += weights[j] * read[j];
        }

        return sum;
    }

    private static Func<double[], double[]> Scaled(List<double[]> reads)
    {
        var mean = reads[0].Select((_, j) => reads.Average(read => read[j])).ToArray();
        var deviation = reads[0].Select((_, j) => Math.Sqrt(reads.Average(read => Math.Pow(read[j] - mean[j], 2)))).ToArray();
        return read => [.. read.Select((value, j) => deviation[j] == 0 ? 0 : (value - mean[j]) / deviation[j])];
    }
}
