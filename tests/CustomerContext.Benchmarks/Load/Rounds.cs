using CustomerContext.Benchmarks.Serving;

namespace CustomerContext.Benchmarks.Load;

/// <summary>Measures cases in turn (A B C A B C ...), so that whatever else the machine does hits all of them alike.</summary>
internal sealed class Rounds(ServerProcess server, BenchmarkOptions options)
{
    private const int Quiet = 8;

    /// <summary>For each case its rounds, after a warm-up of all.</summary>
    public async Task<Measured[][]> Run(IReadOnlyList<Case> cases)
    {
        foreach (var one in cases)
        {
            await ClosedLoop.Calls(one.Call, options.InFlight, options.WarmUp);
        }

        var measured = cases.Select(_ => new Measured[options.Rounds]).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var i = 0; i < cases.Count; i++)
            {
                Console.Error.WriteLine($"round {round + 1} of {options.Rounds}: {cases[i].Name}");
                measured[i][round] = await Measure(cases[i]);
            }
        }

        return measured;
    }

    private async Task<Measured> Measure(Case one)
    {
        var before = server.ProcessorTime();
        var own = Environment.CpuUsage.TotalTime;
        var full = await ClosedLoop.For(one.Call, options.InFlight, options.Time);
        var (after, ownAfter) = (server.ProcessorTime(), Environment.CpuUsage.TotalTime);
        var quiet = await ClosedLoop.For(one.Call, Quiet, options.Time / 2);
        return new Measured(
            full.PerSecond,
            (after.Server - before.Server).TotalMicroseconds / full.Took.Length,
            (after.Redis - before.Redis).TotalMicroseconds / full.Took.Length,
            (ownAfter - own).TotalMicroseconds / full.Took.Length,
            quiet.Milliseconds(0.5),
            quiet.Milliseconds(0.99),
            full.Failed + quiet.Failed);
    }
}
