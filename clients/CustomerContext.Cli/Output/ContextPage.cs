using CustomerContext.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CustomerContext.Cli.Output;

/// <summary>A context on one screen, in words: the brief first, then what matters, what is withheld last.</summary>
internal static class ContextPage
{
    /// <param name="brief">What to read first. Absent: an older server makes none.</param>
    /// <param name="context">What is granted.</param>
    /// <param name="absent">What of it holds nothing.</param>
    /// <param name="withheld">What is not granted.</param>
    /// <param name="now">Now, for ages.</param>
    public static IRenderable Render(Brief? brief, Context context, IReadOnlyCollection<Absent> absent, IEnumerable<Withheld> withheld, DateTimeOffset now)
    {
        var page = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn(new GridColumn().PadRight(0));
        Add(Facet.Attention, "Attention", context.Attention is { } attention ? LivePages.Attention(attention, now) : null);
        Add(Facet.Sentiment, "Feels", context.Sentiment is { } sentiment ? SentimentPage.Lines(sentiment, now) : null);
        Add(Facet.TopOfMind, "On their mind", context.TopOfMind is { } mind ? LivePages.TopOfMind(mind, now) : null);
        Add(Facet.Situation, "Situation", context.Situation is { } situation ? LivePages.Situation(situation, now) : null);
        Add(Facet.Conversations, "Conversations", context.Conversations is { } conversations ? LivePages.Conversations(conversations, now) : null);
        Add(Facet.Network, "Network", context.Network is { } network ? GroupPages.Network(network, now) : null);
        Add(Facet.Tribes, "Tribes", context.Tribes is { } tribes ? GroupPages.Tribes(tribes) : null);
        Add(Facet.Influence, "Influence", context.Influence is { } influence ? GroupPages.Influence(influence) : null);
        Add(Facet.Help, "What may help", context.Help is { } help ? GroupPages.Help(help) : null);
        AddRow("Withheld", WithheldLines(withheld));
        return brief is null ? page : new Rows(BriefPage.Render(brief), page);

        void Add(Facet facet, string label, IEnumerable<string>? lines) =>
            AddRow(label, lines is not null && absent.FirstOrDefault(one => one.Facet == facet) is { } empty ? [$"[grey]{Words.Of(empty.Reason)}[/]"] : lines);

        void AddRow(string label, IEnumerable<string>? lines)
        {
            if (lines is not null)
            {
                string[] all = [.. lines];
                page.AddRow(new Markup($"[bold]{label}[/]"), new Markup(all.Length > 0 ? string.Join('\n', all) : "[grey]nothing known[/]"));
            }
        }
    }

    private static string[]? WithheldLines(IEnumerable<Withheld> withheld)
    {
        string[] lines =
        [
            .. withheld.GroupBy(item => item.Reason)
                .Select(group => $"[grey]{string.Join(", ", group.Select(item => Words.Of(item.Facet)))}: {Words.Of(group.Key)}[/]"),
        ];
        return lines.Length > 0 ? lines : null;
    }
}
