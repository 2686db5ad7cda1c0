using CustomerContext.Benchmarks.Output;
using CustomerContext.Testing.Groups;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>How well a tribe's mood is found out when few write most; a simulation, not a measurement of speed.</summary>
internal static class MinorityBenchmark
{
    private const int Seed = 20261125;

    public static void Run(int populations, bool json)
    {
        var trials = PopulationKind.All.Select(kind => MinorityTrial.Run(kind, populations, Seed)).ToList();
        if (json)
        {
            Json.Print(new { Benchmark = "minority", Seed, Trials = trials });
            return;
        }

        Table.Print(
        [
            ["tribes of 2,000", "RMSE per post", "one voice each", "corrected", "as released", "90 % covers", "as released", "unknown"],
            .. trials.Select(trial => (string[])
            [
                trial.Kind, $"{trial.PerPost:0.000}", $"{trial.OneVoiceEach:0.000}", $"{trial.Corrected:0.000}", $"{trial.Released:0.000}",
                $"{trial.Coverage:0.0%}", $"{trial.ReleasedCoverage:0.0%}", $"{trial.Unknown:0.0%}",
            ]),
        ]);
    }
}
