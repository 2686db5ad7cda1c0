using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Gives a grant, as a customer.</summary>
internal sealed class GrantCommand : CtxCommand
{
    private readonly AsOption _as = new(true);
    private readonly Option<string> _tenant = new("--tenant") { Description = "Who may read, for example acme", HelpName = "NAME", Required = true };
    private readonly TermsOptions _terms = new(true);

    public GrantCommand(SharedOptions shared, Surroundings surroundings)
        : base("grant", "Allows a tenant to see a customer's context, as that customer.", shared, surroundings)
    {
        foreach (var option in (Option[])[_as.Option, _tenant, .. _terms.All])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx grant --as customer1@example.org --tenant acme --purpose service.support --preset always",
        "ctx grant --as customer1@example.org --tenant globex --purpose service.support --facet top-of-mind --facet situation --until 30d",
        "ctx grant --as customer1@example.org --tenant acme --purpose service.support --facet sentiment --when this-call-only --interaction call-1",
        "ctx grant --as customer1@example.org --tenant acme --purpose service.support --preset always --ai-reads 20",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var terms = _terms.Terms(parsed, Now);
        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        var made = await client.Me.CreateGrantAsync(parsed.GetRequiredValue(_tenant), terms, cancellation);
        return Show(parsed, made, screen =>
        {
            screen.MarkupLine($"[green]{Feeling.Plain(made.Grant.Tenant)} may look from now on.[/]");
            screen.MarkupLine($"To take it back: ctx revoke {Feeling.Plain(made.Grant.GrantId)} --as …");
            screen.Write(ConsentPage.Grants([made.Grant], Now));
        });
    }
}
