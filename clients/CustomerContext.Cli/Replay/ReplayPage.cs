using CustomerContext.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CustomerContext.Cli.Replay;

/// <summary>A replay for people: the bar while it runs, the summary after it.</summary>
internal static class ReplayPage
{
    public static Task<Exception?> WithBarAsync(
        IAnsiConsole console, FileInfo file, Func<Action<ReplayPlace>, Task<Exception?>> run) => console.Progress()
        .AutoClear(true)
        .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new RateColumn(), new RemainingTimeColumn())
        .StartAsync(progress =>
        {
            var task = progress.AddTask(file.Name, maxValue: Math.Max(file.Length, 1));
            return run(place =>
            {
                task.Value = place.Position;
                task.State.Update<double>(RateColumn.Key, _ => place.Tally.Signals / Math.Max(place.Tally.Elapsed.TotalSeconds, 0.001));
            });
        });

    /// <param name="screen">Where.</param>
    /// <param name="tally">What became of everything.</param>
    /// <param name="isDryRun">True if nothing was sent: then it is what would be.</param>
    public static void Write(IAnsiConsole screen, ReplayTally tally, bool isDryRun = false)
    {
        var page = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn(new GridColumn().RightAligned()).AddColumn();
        if (tally.Customers > 0)
        {
            page.AddRow("Customers", $"{tally.Customers:N0}", $"[grey]with {Words.Count(tally.Grants, "grant")}[/]");
        }

        var seconds = Math.Max(tally.Elapsed.TotalSeconds, 0.001);
        page.AddRow("Signals", $"{tally.Signals:N0}", isDryRun ? "" : $"[grey]in {seconds:0.0} s, {tally.Signals / seconds:N0} a second[/]");
        page.AddRow(isDryRun ? "[green]To be sent[/]" : "[green]Accepted[/]", $"{tally.Accepted:N0}", "");
        page.AddRow("[yellow]Duplicate[/]", $"{tally.Duplicate:N0}", tally.Duplicate > 0 ? "[grey]counted once[/]" : "");
        foreach (var (reason, count) in tally.Refused.OrderByDescending(pair => pair.Value))
        {
            page.AddRow("[red]Refused[/]", $"{count:N0}", Feeling.Plain(reason));
        }

        foreach (var (reason, count) in tally.Skipped.OrderByDescending(pair => pair.Value))
        {
            page.AddRow("[grey]Skipped[/]", $"{count:N0}", Feeling.Plain(reason));
        }

        screen.Write(page);
        foreach (var refusal in tally.FirstRefusals)
        {
            screen.MarkupLine($"[grey]{Feeling.Plain(refusal.ToString())}[/]");
        }
    }

    /// <summary>Signals a second.</summary>
    private sealed class RateColumn : ProgressColumn
    {
        public const string Key = "rate";

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Markup($"[grey]{task.State.Get<double>(Key):N0} signals/s[/]");
    }
}
