using CustomerContext.Benchmarks.Load;
using CustomerContext.Benchmarks.Lookup;
using CustomerContext.Benchmarks.Output;

namespace CustomerContext.Benchmarks.Open;

/// <summary>The figures of one store.</summary>
internal sealed class OpenReport(Setting setting, int answerBytes, int recordBytes, IReadOnlyList<Case> cases, OpenMeasured[][] rounds)
{
    /// <summary>The percentiles of the times at 60 % of a case's highest rate.</summary>
    public static double[] Percentiles { get; } = [50, 75, 90, 95, 99, 99.5, 99.9, 99.99];

    private static readonly int _p99 = Array.IndexOf(Percentiles, 99.0);

    /// <summary>Under which circumstances.</summary>
    public string Title => $"{setting}. Answer {answerBytes} bytes, record {recordBytes} bytes. Medians (lowest-highest) of {rounds[0].Length} rounds.";

    /// <summary>The store's name, short.</summary>
    public string Store => setting.Store.Split(',')[0];

    /// <summary>Cases with their middle microseconds of processor time: server and Redis.</summary>
    public IEnumerable<(string Name, double Microseconds)> Costs => cases.Zip(rounds, (one, measured) => (one.Name, Median.Of(measured.Select(Cost)).Middle));

    /// <summary>Cases with the middle of each percentile, in milliseconds.</summary>
    public IEnumerable<(string Name, double[] Times)> Times => cases.Zip(rounds, (one, measured) =>
        (one.Name, Enumerable.Range(0, Percentiles.Length).Select(percentile => Median.Of(measured.Select(round => round.AtOwnRate[percentile])).Middle).ToArray()));

    /// <summary>Everything.</summary>
    public object ForScripts => new { Benchmark = "open", Setting = setting, AnswerBytes = answerBytes, RecordBytes = recordBytes, Cases = cases.Zip(rounds, (one, measured) => new { one.Name, Rounds = measured }) };

    /// <summary>The table, its heading first.</summary>
    public IReadOnlyList<string[]> Rows =>
    [
        ["", "highest rate/s", "of echo", "of GET", "of GET + RPUSH", "CPU us a call", "of GET + RPUSH's", "garbage bytes", "p50 / p99 ms, same rate", "p99 ms at 60 %", "of GET + RPUSH's", "failed", "rounds not kept up with"],
        .. cases.Zip(rounds, (one, measured) => Row(one.Name, measured)),
    ];

    /// <summary>Prints the table.</summary>
    public void Print()
    {
        Console.WriteLine($"{Title}\n");
        Table.Print(Rows);
        Console.WriteLine();
    }

    private string[] Row(string name, OpenMeasured[] measured) =>
    [
        name,
        Median.Of(measured.Select(one => one.Highest)).ToString("0"),
        Of(LookupReport.Echo, measured, one => one.Highest).ToString("0.00"),
        Of(LookupReport.Get, measured, one => one.Highest).ToString("0.00"),
        Of(LookupReport.GetAndAppend, measured, one => one.Highest).ToString("0.00"),
        Median.Of(measured.Select(Cost)).ToString("0"),
        Of(LookupReport.GetAndAppend, measured, Cost).ToString("0.00"),
        Median.Of(measured.Select(one => one.Garbage)).Middle.ToString("0"),
        $"{Median.Of(measured.Select(one => one.P50)).Middle:0.00} / {Median.Of(measured.Select(one => one.P99)).Middle:0.00}",
        Median.Of(measured.Select(one => one.AtOwnRate[_p99])).Middle.ToString("0.00"),
        Of(LookupReport.GetAndAppend, measured, one => one.AtOwnRate[_p99]).ToString("0.00"),
        $"{measured.Sum(one => one.Failed)}",
        $"{measured.Count(one => !one.IsKept)}",
    ];

    private static double Cost(OpenMeasured one) => one.ServerMicroseconds + one.RedisMicroseconds;

    /// <summary>A figure over that of another case in the same round.</summary>
    private Median Of(string baseline, OpenMeasured[] measured, Func<OpenMeasured, double> figure)
    {
        var place = cases.Index().Single(one => one.Item.Name == baseline).Index;
        return Median.Of(measured.Zip(rounds[place], (one, other) => figure(one) / figure(other)));
    }
}
