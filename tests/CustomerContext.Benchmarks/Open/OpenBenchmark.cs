using CustomerContext.Benchmarks.Load;
using CustomerContext.Benchmarks.Lookup;
using CustomerContext.Benchmarks.Output;
using CustomerContext.Benchmarks.Serving;
using CustomerContext.Benchmarks.Town;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Benchmarks.Open;

/// <summary>
/// What a look costs, and how long it takes, at rates that do not give way: every case at half of what GET and RPUSH can do at most, and each at 60 % of its own highest rate.
/// </summary>
internal static class OpenBenchmark
{
    private const double SharedRate = 0.5;
    private const double OwnRate = 0.6;

    public static async Task Run(BenchmarkOptions options)
    {
        var reports = new List<OpenReport>();
        foreach (var store in options.Stores)
        {
            await using var town = await ServedTown.Start(store, options);
            var looks = await Looks.Prepare(town.Connections, town.Customers, town.Count);
            var cases = looks.Cases(store);
            foreach (var one in cases)
            {
                await ClosedLoop.Calls(one.Call, options.InFlight, options.WarmUp);
            }

            var rounds = cases.Select(_ => new OpenMeasured[options.Rounds]).ToArray();
            for (var round = 0; round < options.Rounds; round++)
            {
                // Every round has its own highest rates, so that a machine that others share tells the same of all cases.
                var highest = new double[cases.Count];
                for (var i = 0; i < cases.Count; i++)
                {
                    highest[i] = (await ClosedLoop.For(cases[i].Call, options.InFlight, options.Time)).PerSecond;
                }

                var shared = SharedRate * highest[cases.Index().Single(one => one.Item.Name == LookupReport.GetAndAppend).Index];
                for (var i = 0; i < cases.Count; i++)
                {
                    Console.Error.WriteLine($"round {round + 1} of {options.Rounds}: {cases[i].Name}");
                    rounds[i][round] = await Measure(town.Server, town.Connections, cases[i], Math.Min(shared, OwnRate * highest[i]), highest[i], options.Time);
                }
            }

            reports.Add(new OpenReport(Setting.Of(store, options), looks.AnswerBytes, looks.RecordBytes, cases, rounds));
        }

        if (options.Json)
        {
            Json.Print(reports.Select(report => report.ForScripts));
            return;
        }

        reports.ForEach(report => report.Print());
        if (options.Document is { } document)
        {
            OpenDocument.Write(document, reports);
        }
    }

    private static async Task<OpenMeasured> Measure(ServerProcess server, Connections connections, Case one, double shared, double highest, TimeSpan time)
    {
        var before = (Time: server.ProcessorTime(), Allocated: await Allocated(connections));
        var atShared = await OpenLoop.At(one.Call, shared, time);
        var after = (Time: server.ProcessorTime(), Allocated: await Allocated(connections));
        var atOwn = await OpenLoop.At(one.Call, OwnRate * highest, time);
        return new OpenMeasured(
            highest,
            shared,
            (after.Time.Server - before.Time.Server).TotalMicroseconds / atShared.Calls,
            (after.Time.Redis - before.Time.Redis).TotalMicroseconds / atShared.Calls,
            (double)(after.Allocated - before.Allocated) / atShared.Calls,
            atShared.Milliseconds(50),
            atShared.Milliseconds(99),
            [.. OpenReport.Percentiles.Select(atOwn.Milliseconds)],
            atShared.Failed + atOwn.Failed,
            atShared.IsKept && atOwn.IsKept);
    }

    private static async Task<long> Allocated(Connections connections) => (await connections.Next().Baselines.AllocatedAsync(new Empty())).Bytes;
}

/// <summary>One case in one round.</summary>
/// <param name="Highest">Answers a second in a closed loop.</param>
/// <param name="Rate">Calls a second at which the next five were measured.</param>
/// <param name="ServerMicroseconds">Processor time of the server for each call.</param>
/// <param name="RedisMicroseconds">The same of Redis.</param>
/// <param name="Garbage">Bytes that the server allocated for each call.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="AtOwnRate">Milliseconds of <see cref="OpenReport.Percentiles"/> at 60 % of <paramref name="Highest"/>.</param>
/// <param name="Failed">Calls answered UNAVAILABLE or RESOURCE_EXHAUSTED; they are in no time.</param>
/// <param name="IsKept">False if the server did not keep up with one of the two rates: the times are of the calls until then.</param>
internal sealed record OpenMeasured(
    double Highest, double Rate, double ServerMicroseconds, double RedisMicroseconds, double Garbage, double P50, double P99, double[] AtOwnRate, int Failed, bool IsKept);
