using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.Client;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Takes grants back, as a customer.</summary>
internal sealed class RevokeCommand : CtxCommand
{
    private readonly AsOption _as = new(true);

    private readonly Argument<string[]> _grants = new("GRANT")
    {
        Description = "Which grants, by id; see ctx grants",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _tenant = new("--tenant") { Description = "All live grants of this tenant", HelpName = "NAME" };
    private readonly Option<bool> _all = new("--all") { Description = "All live grants" };

    public RevokeCommand(SharedOptions shared, Surroundings surroundings)
        : base("revoke", "Takes grants back, for good; when it returns, nothing is disclosed under them any more.", shared, surroundings)
    {
        Arguments.Add(_grants);
        Options.Add(_as.Option);
        Options.Add(_tenant);
        Options.Add(_all);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx revoke --as customer1@example.org --tenant acme",
        "ctx revoke --as customer1@example.org GRANT_ID",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        foreach (var grantId in await ChosenAsync(client, parsed, cancellation))
        {
            var revoked = await client.Me.RevokeGrantAsync(grantId, cancellation);
            Show(parsed, revoked, screen => screen.MarkupLine(
                $"[green]Taken back:[/] {Feeling.Plain(revoked.Grant.Tenant)} sees nothing any more under {Feeling.Plain(revoked.Grant.GrantId)}."));
        }

        return ExitCode.Ok;
    }

    private async Task<string[]> ChosenAsync(CustomerContextClient client, ParseResult parsed, CancellationToken cancellation)
    {
        var named = parsed.GetValue(_grants) ?? [];
        var tenant = parsed.GetValue(_tenant);
        if (named.Length > 0 || (tenant is null && !parsed.GetValue(_all)))
        {
            return named.Length > 0 ? named : throw new UsageException("which grants? Their ids, or --tenant NAME, or --all");
        }

        var consent = await client.Me.GetConsentAsync(false, cancellation);
        string[] chosen = [.. consent.Grants.Where(grant => tenant is null || grant.Tenant == tenant).Select(grant => grant.GrantId)];
        if (chosen.Length == 0 && !IsJson(parsed))
        {
            Surroundings.Screen.MarkupLine("[grey]There is nothing to take back.[/]");
        }

        return chosen;
    }
}
