using CustomerContext.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CustomerContext.Cli.Output;

/// <summary>The brief: one sentence, then what to do, not to do, to ask and to know.</summary>
internal static class BriefPage
{
    public static IRenderable Render(Brief brief)
    {
        var page = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2)).AddColumn(new GridColumn().PadRight(0));
        if (brief.CallMe.Length > 0)
        {
            page.AddRow(new Markup("[grey]call them[/]"), new Markup($"[bold]{Feeling.Plain(brief.CallMe)}[/]"));
        }

        foreach (var point in brief.Points)
        {
            page.AddRow(new Markup(KindOf(point.Kind)), new Markup(Feeling.Plain(point.Text)));
        }

        return new Rows(new Markup($"[bold]{Feeling.Plain(brief.Headline)}[/]"), page, new Text(""));
    }

    private static string KindOf(BriefPointKind kind) => kind switch
    {
        BriefPointKind.Do => "[green]do[/]",
        BriefPointKind.DoNot => "[red]do not[/]",
        BriefPointKind.Ask => "[yellow]ask[/]",
        _ => "[grey]know[/]",
    };
}
