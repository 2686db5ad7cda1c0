using System.Text.Json.Nodes;
using CustomerContext.V1;
using Spectre.Console;

namespace CustomerContext.Cli.Output;

/// <summary>A request for consent in words: what the agent says, and what the person is shown.</summary>
internal static class JoinPage
{
    private const int GroupDigits = 3;

    /// <summary>What the agent says. Both secrets are for the person alone.</summary>
    public static void Ask(IAnsiConsole screen, RequestConsentResponse asked, DateTimeOffset now)
    {
        screen.MarkupLine($"Say these two digits, and nothing else about them:  [bold]{Feeling.Plain(asked.SpokenDigits)}[/]");
        screen.MarkupLine("[grey]If they gave an address, they have a link by now. Without it:[/]");
        screen.MarkupLine($"  go to [bold]{Feeling.Plain(asked.JoinUrl.Length > asked.JoinCode.Length ? asked.JoinUrl[..^asked.JoinCode.Length] : "the page")}[/] and type [bold]{Feeling.Plain(Grouped(asked.JoinCode))}[/]");
        screen.MarkupLine($"[grey]Lapses {Ages.Of(asked.ExpiresTime, now)}, or when the call ends. Whether there is anybody to ask is not told.[/]");
    }

    /// <summary>The same for scripts, by the names of the contract.</summary>
    public static JsonObject Describe(RequestConsentResponse asked) => new()
    {
        ["outcome"] = Words.Code(asked.Outcome),
        ["consent_request_id"] = asked.ConsentRequestId,
        ["join_code"] = asked.JoinCode,
        ["join_url"] = asked.JoinUrl,
        ["spoken_digits"] = asked.SpokenDigits,
        ["device_message"] = asked.DeviceMessage,
        ["expires_time"] = asked.ExpiresTime?.ToDateTimeOffset().ToString("O"),
    };

    /// <summary>Who asks, for what, how long.</summary>
    public static void Show(IAnsiConsole screen, OpenJoinResponse shown, DateTimeOffset now)
    {
        screen.MarkupLine($"[bold]{Feeling.Plain(shown.TenantDisplayName)}[/] asks to see your context. Go on only if you are talking with them now.");
        foreach (var sentence in shown.Words)
        {
            screen.MarkupLine($"  {Feeling.Plain(sentence)}");
        }

        screen.MarkupLine($"  {string.Join(", ", shown.Terms.Facets.Select(facet => Words.Of(facet)))}");
        if (shown.PausedSinceTime is not null)
        {
            screen.MarkupLine("[yellow]You have paused everything: ctx pause --resume comes first.[/]");
        }

        screen.MarkupLine($"[grey]Lapses {Ages.Of(shown.ExpiresTime, now)}. You get the same help if you say no.[/]");
    }

    /// <summary>What became of the yes.</summary>
    public static string Outcome(AcceptJoinResponse accepted) => accepted.Outcome switch
    {
        AcceptJoinOutcome.Accepted => "[green]Yes. They may look now.[/]",
        AcceptJoinOutcome.WrongDigits => $"[red]These are not the digits that they said.[/] {accepted.TriesLeftCount} left.",
        AcceptJoinOutcome.Paused => "[yellow]You have paused everything; nothing was stored.[/]",
        AcceptJoinOutcome.SignInAgain => "[yellow]Sign in again, then say it again; nothing was stored.[/]",
        _ => "Nothing was stored.",
    };

    /// <summary>How a request stands, for the agent.</summary>
    public static string Standing(ConsentRequestStatus status) => status.State switch
    {
        ConsentRequestState.Granted when status.IdentifierConfirmed => "[green]They said yes.[/]",
        ConsentRequestState.Granted => "[green]Somebody said yes.[/] [yellow]Not proven to be whom you named: never use this to verify a caller.[/]",
        ConsentRequestState.Waiting => "[grey]Waiting for the yes…[/]",
        _ => "Nobody has said yes, and the request is over.",
    };

    private static string Grouped(string code) => string.Join(' ', code.Chunk(GroupDigits).Select(digits => new string(digits)));
}
