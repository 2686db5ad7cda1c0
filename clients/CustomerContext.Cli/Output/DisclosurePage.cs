using CustomerContext.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CustomerContext.Cli.Output;

/// <summary>Who looked.</summary>
internal static class DisclosurePage
{
    public static IRenderable Render(IReadOnlyCollection<Disclosure> looks, DateTimeOffset now)
    {
        if (looks.Count == 0)
        {
            return new Rows(new Markup("[grey]nobody has looked[/]"));
        }

        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey)
            .AddColumns("#", "When", "Who", "What happened", "For", "Seen", "Whose signals");
        foreach (var look in looks)
        {
            table.AddRow(
                $"[grey]{look.Sequence}[/]",
                Ages.Of(look.DiscloseTime, now),
                Who(look),
                look.ConsentChange is { } change ? Words.Of(change.Kind) : Words.Of(look.Kind),
                Feeling.Plain(look.Purpose) + (look.InteractionId.Length > 0 ? $" [grey]({Feeling.Plain(look.InteractionId)})[/]" : "") + string.Concat(look.Openings.Select(Reason)),
                string.Join(", ", look.Facets.Select(facet => Words.Of(facet))),
                Feeling.Plain(string.Join(", ", look.Sources)));
        }

        return table;
    }

    public static IEnumerable<string> Refused(IEnumerable<RefusedLooks> refused, DateTimeOffset now) =>
        refused.Select(day =>
            $"[yellow]{Feeling.Plain(day.Tenant)} was refused {Words.Count(day.LookCount, "look")}[/] [grey]{Ages.Day(day.DayTime, now)}[/]");

    /// <summary>What opened a part that is open only during conversations.</summary>
    private static string Reason(Opening opening)
    {
        var by = opening.Kind switch
        {
            OpenerKind.Conversation or OpenerKind.Question when opening.Source.Length == 0 => $"a {Words.Of(opening.Kind)} of the linked login",
            OpenerKind.Conversation => $"conversation {Feeling.Plain(opening.ConversationId)} ({Feeling.Plain(opening.Source)})",
            OpenerKind.Question => $"a question in conversation {Feeling.Plain(opening.ConversationId)} ({Feeling.Plain(opening.Source)})",
            OpenerKind.Customer => "your word that you talk",
            OpenerKind.Interaction => "your part in this interaction",
            _ => "something unknown",
        };
        return $"\n[grey]open by {by}[/]";
    }

    private static string Who(Disclosure look) => look switch
    {
        { ActorRole: ActorRole.Customer } => "you",
        { Tenant.Length: 0 } => "[grey]erased[/]",
        { AiReader: { } ai } => $"[bold]{Feeling.Plain(look.Tenant)}[/] AI program {Feeling.Plain(ai.ClientId)}"
            + (ai.OnBehalfOfPseudonym.Length > 0 ? $" [grey]for {Feeling.Plain(ai.OnBehalfOfPseudonym)}[/]" : ""),
        _ => $"[bold]{Feeling.Plain(look.Tenant)}[/] {Words.Of(look.ActorRole)} [grey]{Feeling.Plain(look.ActorPseudonym)}[/]",
    };
}
