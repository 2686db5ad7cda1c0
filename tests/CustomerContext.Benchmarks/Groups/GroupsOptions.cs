using System.Globalization;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>How large the groups are.</summary>
internal sealed record GroupsOptions
{
    /// <summary>For <c>--help</c> and mistakes.</summary>
    public const string Usage =
        """
        ... -- groups [options]                             what the people around cost

          --only reads|tribe|hot|followed|messages   one part alone. Default: all, one after the other
          --members N                members of the large tribe. Default: 1000000
          --burst N                  changes that come to it at once. Default: 100000
          --hot-members N            members of the tribe that gets nine tenths of all traffic. Default: 10000
          --hot-rate N               changes a second of all tribes together. Default: 500
          --followers N              Default: 100000
          --looks N                  looks of each case. Default: 4000
          --writes N                 signals of the followed customer. Default: 400
          --rounds N                 rounds alone and beside the hot tribe, in turn. Default: 5
          --seconds S                seconds a round. Default: 10
          --json                     figures as JSON, an object a part, instead of tables
        """;

    /// <summary>One part alone; absent: all.</summary>
    public string? Only { get; init; }

    /// <summary>Members of the large tribe.</summary>
    public int Members { get; init; } = 1_000_000;

    /// <summary>Changes that come to it at once.</summary>
    public int Burst { get; init; } = 100_000;

    /// <summary>Members of the hot tribe.</summary>
    public int HotMembers { get; init; } = 10_000;

    /// <summary>Changes a second of all tribes together.</summary>
    public int HotRate { get; init; } = 500;

    /// <summary>Followers of the followed customer.</summary>
    public int Followers { get; init; } = 100_000;

    /// <summary>Looks of each case.</summary>
    public int Looks { get; init; } = 4_000;

    /// <summary>Signals of the followed customer.</summary>
    public int Writes { get; init; } = 400;

    /// <summary>Rounds alone and beside the hot tribe.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>A round's time.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>JSON instead of tables.</summary>
    public bool Json { get; init; }

    /// <exception cref="FormatException">An option is unknown, or its value is wrong.</exception>
    public static GroupsOptions Read(ReadOnlySpan<string> arguments)
    {
        var options = new GroupsOptions();
        while (!arguments.IsEmpty)
        {
            var (name, value) = (arguments[0], arguments.Length > 1 ? arguments[1] : "");
            options = name switch
            {
                "--json" => options with { Json = true },
                "--only" when value is "reads" or "tribe" or "hot" or "followed" or "messages" => options with { Only = value },
                "--members" => options with { Members = Positive(value) },
                "--burst" => options with { Burst = Positive(value) },
                "--hot-members" => options with { HotMembers = Positive(value) },
                "--hot-rate" => options with { HotRate = Positive(value) },
                "--followers" => options with { Followers = Positive(value) },
                "--looks" => options with { Looks = Positive(value) },
                "--writes" => options with { Writes = Positive(value) },
                "--rounds" => options with { Rounds = Positive(value) },
                "--seconds" => options with { Time = TimeSpan.FromSeconds(Positive(value)) },
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
