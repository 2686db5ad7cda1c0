using CustomerContext.V1;
using Google.Protobuf.Collections;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CustomerContext.Cli.Output;

/// <summary>What a customer has said yes to.</summary>
internal static class ConsentPage
{
    public static IRenderable Grants(IReadOnlyCollection<Grant> grants, DateTimeOffset now)
    {
        if (grants.Count == 0)
        {
            return new Rows(new Markup("[grey]no grants[/]"));
        }

        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey)
            .AddColumns("Who", "For", "What", "Whose signals", "When", "State", "Grant");
        foreach (var grant in grants)
        {
            var terms = grant.Terms ?? new GrantTerms();
            table.AddRow(
                $"[bold]{Feeling.Plain(grant.Tenant)}[/]",
                Feeling.Plain(string.Join(", ", terms.Purposes)),
                string.Join(", ", terms.Facets.Select(facet => Words.Of(facet))),
                Sources(terms),
                When(terms, now),
                State(grant.State),
                $"[grey]{Feeling.Plain(grant.GrantId)}[/]");
        }

        return table;
    }

    private static IEnumerable<string> Whose(GrantTerms terms) => terms.Owners
        .Select(owner => owner switch { SourceOwner.Own => "their own", SourceOwner.Mine => "yours", _ => "others" })
        .Concat(terms.Sources);

    public static IRenderable Preferences(Preferences preferences)
    {
        var page = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        page.AddRow("[bold]Who may send[/]", List(preferences.Collect, "nobody"));
        page.AddRow("[bold]Counted in moods for[/]", List(preferences.Contribute, "nothing"));
        page.AddRow("[bold]Counted in trends[/]", Yes(preferences.Publish));
        page.AddRow("[bold]Reading counted[/]", Yes(preferences.ContributeReading));
        page.AddRow("[bold]May be contacted[/]", Yes(preferences.MayBeContacted));
        page.AddRow("[bold]May be asked[/]", Yes(preferences.Ask));
        page.AddRow("[bold]Of age[/]", Yes(preferences.OfAge));
        page.AddRow("[bold]Leave me alone[/]", Yes(preferences.LeaveMeAlone));
        return page;
    }

    public static string State(GrantState state) => state switch
    {
        GrantState.Live => "[green]live[/]",
        GrantState.Revoked => "[red]revoked[/]",
        _ => $"[grey]{Words.Of(state)}[/]",
    };

    /// <summary>Whose signals the terms show.</summary>
    public static string Sources(GrantTerms terms) => Feeling.Plain(string.Join(", ", Whose(terms)));

    /// <summary>On which occasions, from when and until when.</summary>
    public static string When(GrantTerms terms, DateTimeOffset now)
    {
        var from = terms.FromTime is { } start && start.ToDateTimeOffset() > now ? $", from {Ages.Of(start, now)}" : "";
        var until = terms.UntilTime is { } end ? $", ends {Ages.Of(end, now)}" : "";
        return $"{(terms.When == GrantWhen.Unspecified ? "during my conversations" : Words.Of(terms.When))}{from}{until}{Ai(terms.AiReaders, now)}";
    }

    private static string Ai(AiReaders? box, DateTimeOffset now) =>
        box is null ? "" : $"; AI programs {box.DailyReadCount} a day{(box.UntilTime is { } end ? $", ends {Ages.Of(end, now)}" : "")}";

    private static string List(RepeatedField<string> items, string none) =>
        items.Count > 0 ? Feeling.Plain(string.Join(", ", items)) : $"[grey]{none}[/]";

    private static string Yes(bool value) => value ? "[green]yes[/]" : "[grey]no[/]";
}
