using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.Client;
using CustomerContext.V1;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>The person's side of a call: shows what a code or link asks for, and says yes.</summary>
internal sealed class JoinCommand : CtxCommand
{
    private const string LinkPart = "/join/";

    private readonly Argument<string[]> _code = new("CODE") { Description = "The code, or the whole link of the message", Arity = ArgumentArity.OneOrMore };
    private readonly AsOption _as = new(false);
    private readonly Option<string?> _digits = new("--digits") { Description = "The two digits that the agent says. Default: asked for", HelpName = "NN" };
    private readonly Option<bool> _yes = new("--yes") { Description = "Says yes: I am calling for myself, and I am of age" };
    private readonly Option<bool> _stop = new("--never-again") { Description = "No more messages to the address that the link went to" };
    private readonly Option<string?> _preset = new("--preset") { Description = "One of those that are offered. Default: this-call", HelpName = "PRESET" };
    private readonly Option<bool> _keep = new("--keep") { Description = "Keep what comes in for next time. Default: it is deleted when the call ends" };
    private readonly Option<string?> _callMe = new("--call-me") { Description = "What you want to be called", HelpName = "NAME" };
    private readonly Option<string[]> _topics = new("--topic") { Description = "What it is about; may be repeated", HelpName = "TOPIC" };

    public JoinCommand(SharedOptions shared, Surroundings surroundings)
        : base("join", "Shows what a join code or link asks for, and says yes. No account is needed.", shared, surroundings)
    {
        Arguments.Add(_code);
        foreach (var option in (Option[])[_as.Option, _digits, _yes, _stop, _preset, _keep, _callMe, _topics])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx join 123 456 789                       # shows who asks, and asks for the two digits and your yes",
        "ctx join 123456789 --digits 27 --yes",
        "ctx join http://127.0.0.1:5100/join/123456789/PROOF --digits 27 --yes --call-me Ada --topic router",
        "ctx join 123456789 --digits 27 --as customer1@example.org --yes",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (code, proof) = Read(string.Concat(parsed.GetRequiredValue(_code)));
        using var client = Open(parsed);
        var join = client.Join(code, proof);
        if (parsed.GetValue(_stop))
        {
            await join.StopMessagesAsync(cancellation);
            return Tell(parsed, "STOPPED", "No more messages.");
        }

        var shown = await join.OpenAsync("", cancellation);
        if (!IsJson(parsed))
        {
            JoinPage.Show(Surroundings.Screen, shown, Now);
        }

        if ((parsed.GetValue(_digits) ?? Ask(parsed, "The two digits that they say: ")) is not { Length: > 0 } digits || !SaysYes(parsed))
        {
            return IsJson(parsed) ? Show(parsed, shown, _ => { }) : ExitCode.Ok;
        }

        var answer = new AcceptJoinRequest
        {
            Digits = digits,
            ForMyself = true,
            OfAge = true,
            Preset = parsed.GetValue(_preset) ?? "",
            KeepForLater = parsed.GetValue(_keep),
            CallMe = parsed.GetValue(_callMe) ?? "",
            Topics = { parsed.GetValue(_topics) ?? [] },
        };
        var accepted = await join.AcceptAsync(answer, cancellation);
        Show(parsed, accepted, screen => screen.MarkupLine(JoinPage.Outcome(accepted)));
        return accepted.Outcome == AcceptJoinOutcome.Accepted ? ExitCode.Ok : ExitCode.Refused;
    }

    /// <summary>The code, and what a link holds beside it.</summary>
    private static (string Code, string Proof) Read(string text)
    {
        if (text.IndexOf(LinkPart, StringComparison.Ordinal) is not (>= 0 and var at))
        {
            return (text, "");
        }

        var parts = text[(at + LinkPart.Length)..].Split('/');
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }

    /// <summary>Nobody needs a token here; who is named, or gives one, answers as that customer.</summary>
    private CustomerContextClient Open(ParseResult parsed) => _as.Holder(parsed) is { } holder
        ? OpenClient(parsed, () => holder)
        : OpenClient(parsed);

    private bool SaysYes(ParseResult parsed) =>
        parsed.GetValue(_yes) || Ask(parsed, "Are you calling for yourself, are you of age, and may they look? (yes/no) ") is "yes" or "y";

    /// <summary>What is typed; absent where nobody can.</summary>
    private string? Ask(ParseResult parsed, string question)
    {
        if (IsJson(parsed))
        {
            return null;
        }

        Surroundings.Screen.Markup(Feeling.Plain(question));
        return Surroundings.Input.ReadLine()?.Trim();
    }
}
