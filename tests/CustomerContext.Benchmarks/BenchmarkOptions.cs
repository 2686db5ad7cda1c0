using System.Globalization;

namespace CustomerContext.Benchmarks;

/// <summary>What the command line says.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>For <c>--help</c> and mistakes.</summary>
    public const string Usage =
        """
        dotnet run -c Release --project tests/CustomerContext.Benchmarks -- lookup|open|profile|ingest|memory|revoke|minority|attacks [options]

          --store sqlite|redis|all   where the silo keeps everything. Default: all
          --fsync always|everysec    Redis' appendfsync. Default: always
          --rounds N                 rounds of every case, in turn; for revoke ten revokes each. Default: 5
          --seconds S                seconds a case and round. Default: 4
          --warmup N                 requests of every case before the first round. Default: 20000
          --in-flight N              callers, over 4 connections. Default: 64
          --customers N              Default: 2000; for memory 20000
          --trials N                 of minority and attacks. Default: 1000 and 4000
          --json                     the figures of every round as JSON instead of a table
          --write FILE               of open: puts the tables into a Markdown file, between its two marks, and pictures beside it

        ... -- topics DIR [--json]                          topics of the questions in DIR, beside plain keywords
        ... -- evolution [--years N] [--seed N] [--json]    trend and change points where the truth is known
        """;

    /// <summary>The stores to measure, in turn.</summary>
    public Serving.Store[] Stores { get; init; } = [Serving.Store.Sqlite, Serving.Store.Redis];

    /// <summary>Redis' <c>appendfsync</c>.</summary>
    public string Fsync { get; init; } = "always";

    /// <summary>Rounds of every case.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>For a case and round.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Requests of every case before the first round.</summary>
    public int WarmUp { get; init; } = 20_000;

    /// <summary>Callers at once.</summary>
    public int InFlight { get; init; } = 64;

    /// <summary>Customers; absent means what the benchmark likes best.</summary>
    public int? Customers { get; init; }

    /// <summary>Simulated tribes, or attacks; absent means what the simulation likes best.</summary>
    public int? Trials { get; init; }

    /// <summary>The Markdown file to put tables into; absent for none.</summary>
    public string? Document { get; init; }

    /// <summary>JSON instead of a table.</summary>
    public bool Json { get; init; }

    /// <exception cref="FormatException">An option is unknown, or its value is wrong.</exception>
    public static BenchmarkOptions Read(ReadOnlySpan<string> arguments)
    {
        var options = new BenchmarkOptions();
        while (!arguments.IsEmpty)
        {
            var (name, value) = (arguments[0], arguments.Length > 1 ? arguments[1] : "");
            options = name switch
            {
                "--json" => options with { Json = true },
                "--store" when value == "all" => options,
                "--store" when Enum.TryParse<Serving.Store>(value, ignoreCase: true, out var store) => options with { Stores = [store] },
                "--fsync" when value is "always" or "everysec" => options with { Fsync = value },
                "--write" when value.Length > 0 => options with { Document = value },
                "--rounds" => options with { Rounds = Positive(value) },
                "--seconds" => options with { Time = TimeSpan.FromSeconds(Positive(value)) },
                "--warmup" => options with { WarmUp = Positive(value) },
                "--in-flight" => options with { InFlight = Positive(value) },
                "--customers" => options with { Customers = Positive(value) },
                "--trials" => options with { Trials = Positive(value) },
                _ => throw new FormatException($"{name} {value} is not understood."),
            };
            arguments = arguments[(name == "--json" ? 1 : 2)..];
        }

        return options;
    }

    private static int Positive(string value) => int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number > 0
        ? number
        : throw new FormatException($"'{value}' is not a positive number.");
}
