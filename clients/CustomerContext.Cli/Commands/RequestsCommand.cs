using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.V1;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Shows what waits for a customer's decision, as it comes.</summary>
internal sealed class RequestsCommand : CtxCommand
{
    private readonly AsOption _as = new(true);

    public RequestsCommand(SharedOptions shared, Surroundings surroundings)
        : base("requests", "Shows what waits for a customer's decision, and what comes, until Ctrl+C.", shared, surroundings)
    {
        Options.Add(_as.Option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx requests --as customer1@example.org",
        "ctx requests --as customer1@example.org --json",
        "    one line an event: {\"resumeToken\":\"...\",\"consentRequest\":{...}}, {\"settledId\":\"...\"}, {\"heartbeat\":{...}}",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        await foreach (var message in client.Me.WatchRequestsAsync("", cancellation))
        {
            Write(parsed, message);
        }

        return ExitCode.Ok;
    }

    private void Write(ParseResult parsed, WatchConsentRequestsResponse message)
    {
        if (IsJson(parsed))
        {
            Surroundings.Output.WriteLine(Json.Line(message));
            Surroundings.Output.Flush();
        }
        else if (message.ConsentRequest is { } request)
        {
            var terms = request.Terms;
            Surroundings.Screen.MarkupLine($"[bold]{Feeling.Plain(request.Tenant)}[/] asks for {Feeling.Plain(string.Join(", ", terms.Purposes))}: "
                + $"{string.Join(", ", terms.Facets.Select(facet => Words.Of(facet)))}, {ConsentPage.When(terms, Now)}. Lapses {Ages.Of(request.ExpiresTime, Now)}.");
            Surroundings.Screen.MarkupLine($"whose signals: {ConsentPage.Sources(terms)}; {(terms.IncludeEarlier ? "also from before" : "from now on only")}{(terms.ShowWhere ? "; with links to where you wrote" : "")}");
            Surroundings.Screen.MarkupLine($"[grey]ctx decide {Feeling.Plain(request.ConsentRequestId)} --approve (or --decline) --as …[/]");
        }
        else if (message.Proposal is { } proposal)
        {
            Surroundings.Screen.MarkupLine(Feeling.Plain(ProposalLines.What(proposal)));
            Surroundings.Screen.MarkupLine($"[grey]{Feeling.Plain(ProposalLines.Answer(proposal))}[/]");
        }
        else if (message.PanelQuestion is { } question)
        {
            Surroundings.Screen.MarkupLine(
                $"[bold]{Feeling.Plain(question.TribeId)}[/] asks how you feel about {Feeling.Plain(question.Topic)}, 1 to 5. Lapses {Ages.Of(question.ExpiresTime, Now)}.");
            Surroundings.Screen.MarkupLine(
                $"[grey]ctx publish --as … --survey csat=4/5 --topic {Feeling.Plain(question.Topic)} --question {Feeling.Plain(question.QuestionId)}[/]");
        }
        else if (message.SettledId.Length > 0)
        {
            Surroundings.Screen.MarkupLine($"[grey]{Feeling.Plain(message.SettledId)} no longer waits.[/]");
        }
    }
}
