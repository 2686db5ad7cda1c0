using CustomerContext.Benchmarks.Output;
using CustomerContext.Domain.Sentiment;
using CustomerContext.SentimentTraining;

namespace CustomerContext.Benchmarks.Sentiment;

/// <summary>Scores every line of a folder of *.jsonl files that the weights were not trained on, beside other tools on the same lines.</summary>
internal static class SentimentBenchmark
{
    /// <exception cref="FormatException">The arguments are wrong.</exception>
    public static async Task Run(ReadOnlyMemory<string> arguments)
    {
        var options = SentimentOptions.Read(arguments.Span);
        var all = Line.Read(options.Folder, "*.jsonl").ToArray();
        var lines = all.Where(line => options.Seen || !SeenTexts.Contains(line.Text)).ToArray();
        if (lines.Length == 0)
        {
            throw new FormatException($"There are no lines in {options.Folder}.");
        }

        var scorer = new TextScorer();
        var answers = lines.Select((line, place) => (Answer: Answer.Of(line, scorer), Place: place)).ToArray();
        var baselines = options.Baselines ? await Baseline.Run(lines) : [];
        var report = new SentimentReport(
            all.Length - lines.Length,
            Group(answers, baselines, line => FileOf(line.File)),
            Group(answers, baselines, line => TextLanguages.Tag(line.Language) ?? "other"),
            ScoringSpeed.Measure(lines.Select(line => line.Text), scorer),
            [.. baselines.Select(baseline => new ToolSpeed(baseline.Name, baseline.Missing, baseline.PerSecond))]);
        if (options.Json)
        {
            Json.Print(report);
        }
        else if (options.Document is { } document)
        {
            MarkedTables.Write(document, SentimentTables.All(report).Select(table => (table.Title, (IReadOnlyList<string[]>)table.Rows)));
        }
        else
        {
            SentimentTables.Print(report);
        }
    }

    private static FileFigures[] Group((Answer Answer, int Place)[] answers, Baseline[] baselines, Func<Line, string> name) =>
    [
        .. from answer in answers
           group answer by name(answer.Answer.Line) into part
           orderby part.Key
           select FileFigures.Of(part.Key, [.. part], baselines),
    ];

    /// <summary>The parts that a set is split into are one.</summary>
    private static string FileOf(string name) => name.EndsWith("_train", StringComparison.Ordinal) ? name[..^6]
        : name.EndsWith("_val", StringComparison.Ordinal) ? name[..^4]
        : name.EndsWith("_test", StringComparison.Ordinal) ? name[..^5]
        : name;
}

/// <summary>All that was measured.</summary>
/// <param name="LeftOut">Lines left out because the weights were trained on them.</param>
/// <param name="Files">By file.</param>
/// <param name="Languages">By language, all its files together.</param>
/// <param name="Speed">Ours.</param>
/// <param name="Baselines">Theirs.</param>
internal sealed record SentimentReport(int LeftOut, FileFigures[] Files, FileFigures[] Languages, ScoringSpeed Speed, ToolSpeed[] Baselines)
{
    public string Benchmark { get; } = "sentiment";
}

/// <summary>How fast a baseline was, or why it did not run.</summary>
internal sealed record ToolSpeed(string Name, string? Missing, double PerSecond);
