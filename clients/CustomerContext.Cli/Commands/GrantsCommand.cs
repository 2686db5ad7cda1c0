using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Lists what a customer has said yes to.</summary>
internal sealed class GrantsCommand : CtxCommand
{
    private readonly AsOption _as;
    private readonly Option<bool> _all;

    public GrantsCommand(SharedOptions shared, Surroundings surroundings)
        : this(shared, surroundings, new AsOption(true), new Option<bool>("--all") { Description = "Also those that are no longer live" })
    {
    }

    private GrantsCommand(SharedOptions shared, Surroundings surroundings, AsOption self, Option<bool> all)
        : base("grants", "Lists a customer's grants, newest first.", shared, surroundings, [self.Option, all]) => (_as, _all) = (self, all);

    public override IReadOnlyList<string> Examples =>
    [
        "ctx grants --as customer1@example.org",
        "ctx grants --as customer1@example.org --all --json",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        var consent = await client.Me.GetConsentAsync(parsed.GetValue(_all), cancellation);
        return Show(parsed, consent, screen =>
        {
            if (consent.PausedSinceTime is { } since)
            {
                screen.MarkupLine($"[bold yellow]all is paused since {Ages.Of(since, Now)}[/]");
            }

            screen.Write(ConsentPage.Grants(consent.Grants, Now));
        });
    }
}
