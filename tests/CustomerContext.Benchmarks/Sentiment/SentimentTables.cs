using CustomerContext.Benchmarks.Output;

namespace CustomerContext.Benchmarks.Sentiment;

/// <summary>The report as tables.</summary>
internal static class SentimentTables
{
    public static void Print(SentimentReport report)
    {
        foreach (var table in All(report))
        {
            Console.WriteLine($"\n{table.Title}\n");
            Table.Print(table.Rows);
        }
    }

    /// <summary>A title and rows, the first of which is the heading.</summary>
    public static IEnumerable<(string Title, string[][] Rows)> All(SentimentReport report)
    {
        yield return ("Macro-F1 (accuracy) by language, all its files together", Compared("language", report.Languages, report, F1));
        yield return ($"Macro-F1 (accuracy) of bad, neutral, good; ours is not told the language, the others are. {report.LeftOut} lines that the weights were trained on are left out.", Compared("file", report.Files, report, F1));
        yield return ("Pearson's r with the mean of 20 people", Pearson(report));
        yield return ("Forced into two classes, a neutral answer half right", Forced(report));
        yield return ("By language: shown as unhappy, and share right by tenth of confidence", Trust(report));
        yield return ("Language told rightly, of lines of 12 letters or more", Languages(report));
        yield return ($"Texts per second of processor time, ours of at most {ScoringSpeed.MostCharacters} characters", Speeds(report));
    }

    private static string[][] Pearson(SentimentReport report) =>
        Compared("file", [.. report.Files.Where(file => file.Ours.Pearson is not null)], report, figures => Show(figures.Pearson));

    private static string[][] Forced(SentimentReport report) => Compared("file", report.Files, report, figures => Show(figures.Forced));

    private static string[][] Compared(string heading, FileFigures[] files, SentimentReport report, Func<ToolFigures, string> show)
    {
        string[] tools = [.. report.Baselines.Select(tool => tool.Name).Where(name => files.Any(file => file.Baselines.Any(one => one.Tool == name)))];
        return
        [
            [heading, "lines", "ours", .. tools],
            .. files.Select(file => (string[])
            [
                file.Name, $"{file.Lines}", show(file.Ours),
                .. tools.Select(tool => Array.Find(file.Baselines, one => one.Tool == tool) is { } figures ? show(figures) : "-"),
            ]),
        ];
    }

    private static string[][] Trust(SentimentReport report) =>
    [
        ["language", "lines", "unhappy: right", "unhappy: share", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"],
        .. report.Languages.Concat(report.Files).Select(one => (string[])
        [
            one.Name, $"{one.Lines}", Show(one.UnhappyPrecision), Show(one.UnhappyShare),
            .. Enumerable.Range(0, 10).Select(part => part < one.Deciles.Length ? Show(one.Deciles[part]) : "-"),
        ]),
    ];

    private static string[][] Languages(SentimentReport report) =>
    [
        ["file", "ours", "eld"],
        .. report.Files.Select(file => (string[])[file.Name, Show(file.LanguageAccuracy), Show(file.DetectorAccuracy)]),
    ];

    private static string[][] Speeds(SentimentReport report) =>
    [
        ["tool", "texts/s", ""],
        ["ours", $"{report.Speed.PerSecond:N0}", $"{report.Speed.Lowest:N0} to {report.Speed.Highest:N0}; {report.Speed.BytesPerCall:0.##} bytes allocated a call; {report.Speed.Characters:F0} characters a text"],
        .. report.Baselines.Select(tool => (string[])[tool.Name, tool.Missing is null ? $"{tool.PerSecond:N0}" : "-", tool.Missing ?? ""]),
    ];

    private static string F1(ToolFigures figures) => $"{Show(figures.MacroF1)} ({Show(figures.Accuracy)})";

    private static string Show(double? value) => value is { } number ? number.ToString("F3") : "-";
}
