namespace CustomerContext.Benchmarks.Sentiment;

/// <summary>What the command line says.</summary>
/// <param name="Folder">Of *.jsonl files with id, lang, label, text and perhaps valence.</param>
internal sealed record SentimentOptions(string Folder)
{
    public const string Usage =
        """
        dotnet run -c Release --project tests/CustomerContext.Benchmarks -- sentiment DIR [options]

          --json                     figures as JSON instead of tables
          --write FILE               puts the tables into a Markdown file, between its two marks
          --no-baselines             ours only
          --seen                     also lines that the weights were trained on
        """;

    public bool Json { get; init; }

    public string? Document { get; init; }

    public bool Baselines { get; init; } = true;

    public bool Seen { get; init; }

    /// <exception cref="FormatException">An option is unknown, or there is no such folder.</exception>
    public static SentimentOptions Read(ReadOnlySpan<string> arguments)
    {
        if (arguments.IsEmpty || !Directory.Exists(arguments[0]))
        {
            throw new FormatException("sentiment wants a folder.");
        }

        var options = new SentimentOptions(arguments[0]);
        for (var i = 1; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--json" => options with { Json = true },
                "--no-baselines" => options with { Baselines = false },
                "--seen" => options with { Seen = true },
                "--write" when i + 1 < arguments.Length => options with { Document = arguments[++i] },
                var other => throw new FormatException($"{other} is not understood."),
            };
        }

        return options;
    }
}
