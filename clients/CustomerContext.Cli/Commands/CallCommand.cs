using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.Client;
using CustomerContext.V1;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>The agent's side of a call: asks, waits for the yes, and shows the context as it changes.</summary>
internal sealed class CallCommand : CtxCommand
{
    private readonly TenantOptions _tenant = new(null);
    private readonly SubjectOptions _subject = new();
    private readonly InteractionOption _interaction = new("The call, case or chat. Required");
    private readonly Option<string> _purpose = new("--purpose") { Description = "What for, for example service.support", HelpName = "PURPOSE", Required = true };
    private readonly Option<string?> _preset = new("--preset") { Description = "this-call or when-we-talk. Default: this-call", HelpName = "PRESET" };
    private readonly Option<string?> _language = new("--language") { Description = "Language of the message: en, de or fr. Default: en", HelpName = "TAG" };
    private readonly Option<bool> _once = new("--once") { Description = "Shows the context once, instead of watching it" };

    public CallCommand(SharedOptions shared, Surroundings surroundings)
        : base("call", "A call as an agent has it: asks for consent, shows what to say, waits for the yes, then shows the context until Ctrl+C.", shared, surroundings)
    {
        foreach (var option in (Option[])[.. _subject.All, .. _tenant.All, _interaction.Option, _purpose, _preset, _language, _once])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx call --email you@example.org --tenant acme --actor agent-7 --interaction call-9 --purpose service.support",
        "    meanwhile, in another terminal: ctx join CODE --digits NN --yes",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var interaction = _interaction.Value(parsed);
        var terms = new GrantTerms { Purposes = { parsed.GetRequiredValue(_purpose) }, Preset = parsed.GetValue(_preset) ?? "" };
        using var client = OpenClient(parsed, () => _tenant.Holder(parsed), "consent.manage", "context.read");
        var asked = _subject.Subject(parsed) is { } subject
            ? await client.Customer(subject).RequestConsentAsync(terms, interaction, parsed.GetValue(_language) ?? "", cancellation)
            : await client.RequestConsentAsync(terms, interaction, cancellation);
        Write(parsed, asked);
        if (await YesAsync(parsed, client, asked.ConsentRequestId, cancellation) is not { } who)
        {
            return ExitCode.Refused;
        }

        var customer = client.Customer(Subject.CustomerId(who.CustomerId));
        var look = new LookupOptions { InteractionId = interaction, Deadline = TimeSpan.FromSeconds(5) };
        if (parsed.GetValue(_once))
        {
            var answer = await customer.GetContextAsync(parsed.GetRequiredValue(_purpose), look, cancellation);
            return Show(parsed, answer, screen => screen.Write(ContextPage.Render(answer.Brief, answer.Context ?? new Context(), answer.Absent, answer.Withheld, Now)));
        }

        await WriterFor(parsed).WriteAllAsync(customer.WatchAsync(parsed.GetRequiredValue(_purpose), look, cancellation));
        return ExitCode.Ok;
    }

    private void Write(ParseResult parsed, RequestConsentResponse asked)
    {
        if (IsJson(parsed))
        {
            Surroundings.Output.WriteLine(Json.Line(JoinPage.Describe(asked)));
            Surroundings.Output.Flush();
            return;
        }

        JoinPage.Ask(Surroundings.Screen, asked, Now);
    }

    /// <summary>Who said yes; absent if the request is over without one. A watch that breaks is opened anew.</summary>
    private async Task<ConsentRequestStatus?> YesAsync(ParseResult parsed, CustomerContextClient client, string request, CancellationToken cancellation)
    {
        while (true)
        {
            await foreach (var status in client.WatchRequestAsync(request, cancellation))
            {
                if (IsJson(parsed))
                {
                    Surroundings.Output.WriteLine(Json.Line(status));
                    Surroundings.Output.Flush();
                }
                else
                {
                    Surroundings.Screen.MarkupLine(JoinPage.Standing(status));
                }

                if (status.State != ConsentRequestState.Waiting)
                {
                    return status.State == ConsentRequestState.Granted ? status : null;
                }
            }
        }
    }

    private WatchWriter WriterFor(ParseResult parsed) => IsJson(parsed)
        ? new JsonWatchWriter(Surroundings.Output)
        : Surroundings.Screen.Profile.Capabilities.Interactive
            ? new LiveWatchWriter(Surroundings.Screen, Surroundings.Time)
            : new PlainWatchWriter(Surroundings.Screen, Surroundings.Time);
}
