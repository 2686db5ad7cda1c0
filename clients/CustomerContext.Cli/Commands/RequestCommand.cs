using System.CommandLine;
using CustomerContext.Cli.Options;

namespace CustomerContext.Cli.Commands;

/// <summary>Asks a customer for a grant, as a tenant.</summary>
internal sealed class RequestCommand : CtxCommand
{
    private readonly TenantOptions _tenant = new(null);
    private readonly SubjectOptions _subject = new();
    private readonly InteractionOption _interaction = new("The call, case or chat in which you ask; an agent must name it");
    private readonly TermsOptions _terms = new(true, "--only-interaction");

    public RequestCommand(SharedOptions shared, Surroundings surroundings)
        : base("request", "Asks a customer for a grant. They decide on their own device; whether they exist or want to be asked is not told.", shared, surroundings)
    {
        foreach (var option in (Option[])[.. _subject.All, .. _tenant.All, _interaction.Option, .. _terms.All])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx request --email customer1@example.org --tenant acme --actor agent-7 --interaction call-1 --purpose service.support",
        "ctx request --email customer1@example.org --tenant acme --service crm --purpose service.support --facet situation --until 30d",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var subject = _subject.RequiredSubject(parsed);
        var terms = _terms.Terms(parsed, Now);
        using var client = OpenClient(parsed, () => _tenant.Holder(parsed), "consent.manage");
        await client.Customer(subject).RequestConsentAsync(terms, _interaction.Value(parsed), cancellation: cancellation);
        return Tell(parsed, "SENT", "Sent, if there is somebody to send it to. Look again once they have said yes.");
    }
}
