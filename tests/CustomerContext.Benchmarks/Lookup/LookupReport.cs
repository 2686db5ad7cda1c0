using CustomerContext.Benchmarks.Load;
using CustomerContext.Benchmarks.Output;

namespace CustomerContext.Benchmarks.Lookup;

/// <summary>The figures of one store.</summary>
internal sealed class LookupReport(Setting setting, Looks looks, IReadOnlyList<Case> cases, Measured[][] rounds)
{
    public const string Echo = "(a) echo";
    public const string Get = "(b) Redis GET";
    public const string GetAndAppend = "(c) Redis GET, then RPUSH";

    /// <summary>Prints a table, or everything as JSON.</summary>
    public void Print(bool json)
    {
        if (json)
        {
            var all = cases.Zip(rounds, (one, measured) => new
            {
                one.Name,
                OfEcho = Of(Echo, measured),
                OfGet = Of(Get, measured),
                OfGetAndAppend = Of(GetAndAppend, measured),
                Rounds = measured,
            });
            Json.Print(new { Benchmark = "lookup", Setting = setting, looks.AnswerBytes, looks.RecordBytes, Cases = all });
            return;
        }

        Console.WriteLine($"{setting}\nAnswer {looks.AnswerBytes} bytes, record {looks.RecordBytes} bytes. Medians (lowest-highest) of {rounds[0].Length} rounds.\n");
        Table.Print(
        [
            ["", "requests/s", "of (a)", "of (b)", "of (c)", "p50 ms", "p99 ms", "CPU us: server", "Redis", "load", "failed"],
            .. cases.Zip(rounds, (one, measured) => Row(one.Name, measured)),
        ]);
        Console.WriteLine();
    }

    private string[] Row(string name, Measured[] measured) =>
    [
        name,
        Median.Of(measured.Select(one => one.PerSecond)).ToString("0"),
        Of(Echo, measured).ToString("0.00"),
        Of(Get, measured).ToString("0.00"),
        Of(GetAndAppend, measured).ToString("0.00"),
        Median.Of(measured.Select(one => one.P50)).Middle.ToString("0.00"),
        Median.Of(measured.Select(one => one.P99)).Middle.ToString("0.00"),
        Median.Of(measured.Select(one => one.ServerMicroseconds)).Middle.ToString("0"),
        Median.Of(measured.Select(one => one.RedisMicroseconds)).Middle.ToString("0"),
        Median.Of(measured.Select(one => one.LoadMicroseconds)).Middle.ToString("0"),
        $"{measured.Sum(one => one.Failed)}",
    ];

    /// <summary>Requests a second over those of another case in the same round.</summary>
    private Median Of(string baseline, Measured[] measured)
    {
        var place = cases.Select(one => one.Name).ToList().IndexOf(baseline);
        return Median.Of(measured.Zip(rounds[place], (one, other) => one.PerSecond / other.PerSecond));
    }
}
