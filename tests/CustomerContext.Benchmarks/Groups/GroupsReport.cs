using CustomerContext.Benchmarks.Output;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>Prints one part's figures.</summary>
internal static class GroupsReport
{
    /// <summary>As JSON or as a table, whose first row is the heading.</summary>
    public static void Print<T>(GroupsOptions options, string part, T figures, IReadOnlyList<string[]> rows)
    {
        var setting = new Setting("SQLite, synchronous FULL, in the process of the load");
        if (options.Json)
        {
            Json.Print(new { Benchmark = "groups", Part = part, Setting = setting, Figures = figures });
            return;
        }

        Console.WriteLine($"{part}: {setting}\n");
        Table.Print(rows);
        Console.WriteLine();
    }

    /// <summary>Adds to a table what is none; JSON has it among its figures.</summary>
    public static void Say(GroupsOptions options, string text)
    {
        if (!options.Json)
        {
            Console.WriteLine($"{text}\n");
        }
    }
}
