using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Makes a sharing code, as a customer.</summary>
internal sealed class CodeCommand : CtxCommand
{
    private const int Half = 4;

    private readonly AsOption _as = new(true);
    private readonly Option<string> _tenant = new("--tenant") { Description = "Who may redeem it, for example acme", HelpName = "NAME", Required = true };
    private readonly TermsOptions _terms = new(true);
    private readonly Option<string?> _lifetime = new("--lifetime") { Description = "How long it can be redeemed, 1m to 10m. Default: 5m", HelpName = "SPAN" };

    public CodeCommand(SharedOptions shared, Surroundings surroundings)
        : base("code", "Makes a code that a customer reads out to one tenant, who turns it into a grant.", shared, surroundings)
    {
        foreach (var option in (Option[])[_as.Option, _tenant, _lifetime, .. _terms.All])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx code --as customer1@example.org --tenant acme --purpose service.support",
        "ctx code --as customer1@example.org --tenant acme --purpose service.support --facet situation --when this-call-only --lifetime 2m",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var terms = _terms.Terms(parsed, Now);
        var lifetime = parsed.GetValue(_lifetime) is { } text ? Times.Span(text) : (TimeSpan?)null;
        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        var made = await client.Me.CreateSharingCodeAsync(parsed.GetRequiredValue(_tenant), terms, lifetime, cancellation);
        return Show(parsed, made, screen =>
        {
            screen.MarkupLine($"Read this out to {Feeling.Plain(parsed.GetRequiredValue(_tenant))}, and to nobody else:");
            screen.MarkupLine($"[bold]  {Feeling.Plain(made.Code[..Half])} {Feeling.Plain(made.Code[Half..])}[/]");
            screen.MarkupLine($"[grey]Good once, ends {Ages.Of(made.ExpiresTime, Now)}. It is not shown again.[/]");
            screen.MarkupLine($"[grey]Their side: ctx redeem CODE --email YOU --tenant {Feeling.Plain(parsed.GetRequiredValue(_tenant))} --actor agent-7 --interaction call-1[/]");
        });
    }
}
