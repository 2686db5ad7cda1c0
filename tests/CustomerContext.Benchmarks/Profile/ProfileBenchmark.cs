using CustomerContext.Benchmarks.Load;
using CustomerContext.Benchmarks.Lookup;
using CustomerContext.Benchmarks.Output;
using CustomerContext.Benchmarks.Town;

namespace CustomerContext.Benchmarks.Profile;

/// <summary>Where a look's processor time goes: lookups by customer id and nothing else, warm, while perf samples the server.</summary>
internal static class ProfileBenchmark
{
    private const int Shown = 25;

    public static async Task Run(BenchmarkOptions options)
    {
        foreach (var store in options.Stores)
        {
            await using var town = await ServedTown.Start(store, options, isProfiled: true);
            var looks = await Looks.Prepare(town.Connections, town.Customers, town.Count);
            var look = looks.Cases(store).Single(one => one.Name == Looks.ById);
            await ClosedLoop.Calls(look.Call, options.InFlight, options.WarmUp);
            var before = town.Server.ProcessorTime();
            var load = ClosedLoop.For(look.Call, options.InFlight, options.Time);
            var samples = await PerfSamples.Record(town.Server.ProcessId, options.Time - TimeSpan.FromSeconds(1), town.Server.DataFolder);
            var made = await load;
            var after = town.Server.ProcessorTime();
            Print(Setting.Of(store, options), samples, (after.Server - before.Server).TotalMicroseconds / made.Took.Length);
        }
    }

    private static void Print(Setting setting, List<Sample> samples, double microseconds)
    {
        Console.WriteLine($"{setting}\n{samples.Count} samples; {microseconds:0} us of the server's processor time a look while perf looks on.\n");
        Table.Print([["", "share", "us a look"], .. Shares(samples, Areas.Of, int.MaxValue, microseconds)]);
        Console.WriteLine();
        Table.Print([["innermost frame", "share", "us a look"], .. Shares(samples, Innermost, Shown, microseconds)]);
        Console.WriteLine();
    }

    private static IEnumerable<string[]> Shares(List<Sample> samples, Func<Sample, string> of, int max, double microseconds) => samples
        .GroupBy(of)
        .OrderByDescending(part => part.Count())
        .Take(max)
        .Select(part => (Name: part.Key, Share: (double)part.Count() / samples.Count))
        .Select(part => (string[])[part.Name, part.Share.ToString("0.0 %"), (part.Share * microseconds).ToString("0.0")]);

    /// <summary>Without its address and its library.</summary>
    private static string Innermost(Sample sample)
    {
        var frame = sample.Frames.FirstOrDefault("");
        var symbol = frame[(frame.IndexOf(' ') + 1)..];
        return symbol.Length > 110 ? symbol[..110] : symbol;
    }
}
