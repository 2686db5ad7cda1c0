using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;

namespace CustomerContext.Cli.Commands;

/// <summary>Asks somebody for a grant, as a tenant.</summary>
internal sealed class RequestCommand : CtxCommand
{
    private readonly TenantOptions _tenant = new(null);
    private readonly SubjectOptions _subject = new();
    private readonly InteractionOption _interaction = new("The call, case or chat in which you ask. Required");
    private readonly TermsOptions _terms = new(true, "--only-interaction");
    private readonly Option<string?> _language = new("--language") { Description = "Language of the message: en, de or fr. Default: en", HelpName = "TAG" };

    public RequestCommand(SharedOptions shared, Surroundings surroundings)
        : base("request", "Asks somebody for a grant. They answer on their page, by the link in a message, or by the code; whether they exist or want to be asked is not told.", shared, surroundings)
    {
        foreach (var option in (Option[])[.. _subject.All, .. _tenant.All, _interaction.Option, _language, .. _terms.All])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx request --email customer1@example.org --tenant acme --actor agent-7 --interaction call-1 --purpose service.support",
        "ctx request --tenant acme --actor agent-7 --interaction call-1 --purpose service.support --json    # nobody named: hand the code over",
        "    {\"outcome\":\"SENT\",\"consent_request_id\":\"...\",\"join_code\":\"123456789\",\"join_url\":\"...\",\"spoken_digits\":\"27\",\"expires_time\":\"...\"}",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var terms = _terms.Terms(parsed, Now);
        using var client = OpenClient(parsed, () => _tenant.Holder(parsed), "consent.manage");
        var interaction = _interaction.Value(parsed);
        var asked = _subject.Subject(parsed) is { } subject
            ? await client.Customer(subject).RequestConsentAsync(terms, interaction, parsed.GetValue(_language) ?? "", cancellation)
            : await client.RequestConsentAsync(terms, interaction, cancellation);
        if (IsJson(parsed))
        {
            Surroundings.Output.WriteLine(Json.Line(JoinPage.Describe(asked)));
            return ExitCode.Ok;
        }

        JoinPage.Ask(Surroundings.Screen, asked, Now);
        return ExitCode.Ok;
    }
}
