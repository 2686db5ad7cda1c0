using CustomerContext.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CustomerContext.Cli.Output;

/// <summary>A context on one screen, in words: what matters first, what is withheld last.</summary>
internal static class ContextPage
{
    /// <param name="context">What is granted.</param>
    /// <param name="withheld">What is not.</param>
    /// <param name="now">Now, for ages.</param>
    public static IRenderable Render(Context context, IEnumerable<Withheld> withheld, DateTimeOffset now)
    {
        var page = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn(new GridColumn().PadRight(0));
        Add("Attention", context.Attention is { } attention ? LivePages.Attention(attention, now) : null);
        Add("Feels", context.Sentiment is { } sentiment ? SentimentPage.Lines(sentiment, now) : null);
        Add("On their mind", context.TopOfMind is { } mind ? LivePages.TopOfMind(mind, now) : null);
        Add("Situation", context.Situation is { } situation ? LivePages.Situation(situation, now) : null);
        Add("Conversations", context.Conversations is { } conversations ? LivePages.Conversations(conversations, now) : null);
        Add("Network", context.Network is { } network ? GroupPages.Network(network, now) : null);
        Add("Tribes", context.Tribes is { } tribes ? GroupPages.Tribes(tribes) : null);
        Add("Influence", context.Influence is { } influence ? GroupPages.Influence(influence) : null);
        Add("What may help", context.Help is { } help ? GroupPages.Help(help) : null);
        Add("Withheld", WithheldLines(withheld));
        return page;

        void Add(string label, IEnumerable<string>? lines)
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
