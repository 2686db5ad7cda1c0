using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Tokens;

namespace CustomerContext.Cli.Commands;

/// <summary>Prints a development token, and nothing else.</summary>
internal sealed class TokenCommand : CtxCommand
{
    private readonly TenantOptions _tenant;
    private readonly Option<string?> _customer;
    private readonly Option<string[]> _scope;
    private readonly Option<string?> _client;
    private readonly Option<string?> _lifetime;

    public TokenCommand(SharedOptions shared, Surroundings surroundings)
        : this(
            shared,
            surroundings,
            new TenantOptions(null),
            new Option<string?>("--customer") { Description = "A customer's own token, by e-mail address or phone number", HelpName = "CUSTOMER" },
            new Option<string[]>("--scope")
            {
                Description = "What it allows: context.read, signal.write, consent.manage, tribe.read, attention.work, webhook.replay; may be repeated. "
                    + "Default: context.read and signal.write; for a customer all that customers may do",
                HelpName = "SCOPE",
            },
            new Option<string?>("--client") { Description = "The program that gets it, by its client id, for example acme-assistant. Default: none", HelpName = "ID" },
            new Option<string?>("--lifetime") { Description = "How long it holds, for example 30m or 7d. Default: 12h", HelpName = "SPAN" })
    {
    }

    private TokenCommand(
        SharedOptions shared,
        Surroundings surroundings,
        TenantOptions tenant,
        Option<string?> customer,
        Option<string[]> scope,
        Option<string?> client,
        Option<string?> lifetime)
        : base("token", "Prints a development token that any gRPC client can send as 'authorization: Bearer TOKEN'.", shared, surroundings,
            [.. tenant.All, customer, scope, client, lifetime]) =>
        (_tenant, _customer, _scope, _client, _lifetime) = (tenant, customer, scope, client, lifetime);

    public override IReadOnlyList<string> Examples =>
    [
        "ctx token --tenant acme --actor agent-7 --scope context.read",
        "ctx token --tenant acme --service crm --scope signal.write --lifetime 7d",
        "ctx token --tenant acme --service assistant --client acme-assistant --scope context.read",
        "ctx token --customer customer1@example.org",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        TokenHolder holder = parsed.GetValue(_customer) is { } customer ? new TokenHolder.Customer(customer) : _tenant.Holder(parsed);
        if (holder is TokenHolder.Customer && _tenant.IsGiven(parsed))
        {
            throw new UsageException("--customer stands alone: a customer acts for no tenant");
        }

        string[] scopes = parsed.GetValue(_scope) is { Length: > 0 } given
            ? [.. given.SelectMany(scope => scope.Split(' ', StringSplitOptions.RemoveEmptyEntries))]
            : holder is TokenHolder.Customer ? DevelopmentTokens.CustomerScopes : ["context.read", "signal.write"];
        var lifetime = parsed.GetValue(_lifetime) is { } text ? Times.Span(text) : DevelopmentTokens.DefaultLifetime;
        using var tokens = LoadTokens(parsed);
        await Surroundings.Output.WriteLineAsync(tokens.Issue(holder, scopes, lifetime, parsed.GetValue(_client)));
        return ExitCode.Ok;
    }
}
