using System.Globalization;
using CustomerContext.V1;
using Spectre.Console;

namespace CustomerContext.Cli.Output;

/// <summary>Scores from -1 to 1 in colour: a number, a word, a line of bars.</summary>
internal static class Feeling
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>From here on a score is a feeling and not a mixture.</summary>
    private const double Clear = 0.2;

    /// <summary>One message alone makes no more sure than this.</summary>
    private const double Sure = 0.5;

    public static string Colour(double score) => score >= Clear ? "green" : score <= -Clear ? "red" : "yellow";

    /// <summary>As markup: "+0.42" in colour.</summary>
    public static string Score(double score) => $"[{Colour(score)}]{Number(score)}[/]";

    /// <summary>The same after two blanks; nothing if one message alone could say it.</summary>
    public static string SureScore(double score, double confidence) => confidence > Sure ? $"  {Score(score)}" : "";

    public static string Number(double score) => score.ToString("+0.00;-0.00;0.00");

    /// <summary>As markup: the word in colour.</summary>
    public static string Word(SentimentWord word) => word switch
    {
        SentimentWord.Unhappy => "[bold red]unhappy[/]",
        SentimentWord.Mixed => "[bold yellow]mixed[/]",
        SentimentWord.Content => "[bold green]content[/]",
        _ => "[grey]not known[/]",
    };

    /// <summary>As markup: one bar a day, a dot where nothing was heard.</summary>
    public static string Sparkline(IEnumerable<SentimentDay> days) => string.Concat(days.Select(day => day.HasScore
        ? $"[{Colour(day.Score)}]{Bars[(int)Math.Round((Math.Clamp(day.Score, -1, 1) + 1) / 2 * (Bars.Length - 1))]}[/]"
        : "[grey]·[/]"));

    /// <summary>As markup: which way, in colour.</summary>
    public static string Way(Direction direction) => direction switch
    {
        Direction.Rising => "[green]↗ rising[/]",
        Direction.Falling => "[red]↘ falling[/]",
        Direction.Steady => "→ steady",
        _ => "[grey]direction not known[/]",
    };

    /// <summary>Safe inside markup and on a terminal: what a field holds writes no escapes, and reorders no text.</summary>
    public static string Plain(string text) => Markup.Escape(string.Concat(text.Select(letter => IsSafe(letter) ? letter : '\uFFFD')));

    private static bool IsSafe(char letter) => char.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
