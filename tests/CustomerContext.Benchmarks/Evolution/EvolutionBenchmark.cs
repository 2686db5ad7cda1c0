using System.Globalization;
using CustomerContext.Benchmarks.Output;
using CustomerContext.Testing.Evolution;

namespace CustomerContext.Benchmarks.Evolution;

/// <summary>Trend and change points on synthetic years with known truth, beside "mean of the day minus mean of the week".</summary>
internal static class EvolutionBenchmark
{
    private const int DefaultYears = 40;
    private static readonly double[] _rates = [1, 3, 10];
    private static readonly double[] _sizes = [0.6, 1, 1.4];

    /// <summary>Runs with <c>--years N</c> a row, <c>--seed N</c>, <c>--json</c>.</summary>
    /// <exception cref="FormatException">An option is unknown, or its value is wrong.</exception>
    public static void Run(IReadOnlyList<string> arguments)
    {
        var (years, seed, json) = Read(arguments);
        Row[] rows = [.. from rate in _rates from size in _sizes select Measure(rate, size, years, seed)];
        if (json)
        {
            Json.Print(new { Benchmark = "evolution", Years = years, Seed = seed, Deviation = SyntheticYear.Deviation, Rows = rows });
            return;
        }

        Console.WriteLine($"{years} years a row with jumps and as many without, seed {seed}; scores deviate by {SyntheticYear.Deviation} from the mood\n");
        Table.Print(
        [
            ["messages a day, jump", "jumps", "found: changes", "trend", "plain", "false a year: changes", "trend", "plain", "right topic"],
            .. rows.Select(row => (string[])
            [
                $"{row.PerDay}, {row.Size:0.0}", $"{row.Jumps}", $"{row.Changes.Found:P0}", $"{row.Trend.Found:P0}", $"{row.Plain.Found:P0}",
                $"{row.Changes.FalseAYear:0.0}", $"{row.Trend.FalseAYear:0.0}", $"{row.Plain.FalseAYear:0}", $"{row.RightTopic:P0}",
            ]),
        ]);
    }

    private static Row Measure(double perDay, double size, int years, int seed)
    {
        var (jumping, still) = (new EvolutionTrial(), new EvolutionTrial());
        for (var year = 0; year < years; year++)
        {
            jumping.Add(new SyntheticYear(seed + year, perDay, size));
            still.Add(new SyntheticYear(seed + years + year, perDay, 0));
        }

        return new Row(
            perDay,
            size,
            jumping.Changes.Jumps,
            Rates.Of(jumping.Changes, still.Changes),
            Rates.Of(jumping.Trend, still.Trend),
            Rates.Of(jumping.Plain, still.Plain),
            jumping.Topics.Named == 0 ? 0 : (double)jumping.Topics.Right / jumping.Topics.Named);
    }

    private static (int Years, int Seed, bool Json) Read(IReadOnlyList<string> arguments)
    {
        var (years, seed, json) = (DefaultYears, 1, false);
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--json":
                    json = true;
                    break;
                case "--years" when i + 1 < arguments.Count:
                    years = Math.Max(1, int.Parse(arguments[++i], CultureInfo.InvariantCulture));
                    break;
                case "--seed" when i + 1 < arguments.Count:
                    seed = int.Parse(arguments[++i], CultureInfo.InvariantCulture);
                    break;
                default:
                    throw new FormatException($"{arguments[i]} is not understood.");
            }
        }

        return (years, seed, json);
    }

    /// <summary>One kind of customer: what was found of the jumps, how often a change was cried without one in years that had none.</summary>
    private sealed record Row(double PerDay, double Size, int Jumps, Rates Changes, Rates Trend, Rates Plain, double RightTopic);

    /// <summary>Share of jumps said with the right sign within a week; share said on the day; false alarms a year.</summary>
    private sealed record Rates(double Found, double FoundAtOnce, double FalseAYear)
    {
        public static Rates Of(EvolutionTrial.Tally jumping, EvolutionTrial.Tally still) =>
            new((double)jumping.Found / jumping.Jumps, (double)jumping.FoundAtOnce / jumping.Jumps, still.FalseAlarmsAYear);
    }
}
