using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Goes on with an interaction under another id, as whoever looked last in it.</summary>
internal sealed class ContinueCommand : CtxCommand
{
    private readonly TenantOptions _tenant = new(null);
    private readonly InteractionOption _interaction = new("The call, case or chat so far");
    private readonly Option<string> _next = new("--next") { Description = "The id under which it goes on", HelpName = "ID", Required = true };

    public ContinueCommand(SharedOptions shared, Surroundings surroundings)
        : base("continue", "Goes on with an interaction under another id: a transfer, a call back. For whoever began it or looked last.", shared, surroundings)
    {
        foreach (var option in (Option[])[.. _tenant.All, _interaction.Option, _next])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx continue --tenant acme --actor agent-7 --interaction call-1 --next call-2",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = OpenClient(parsed, () => _tenant.Holder(parsed), "context.read");
        var longer = await client.ContinueInteractionAsync(_interaction.Required(parsed), parsed.GetRequiredValue(_next), cancellation);
        return Show(parsed, longer, screen => screen.MarkupLine(
            $"[green]Goes on as {Feeling.Plain(parsed.GetRequiredValue(_next))}.[/] It ends {Ages.Of(longer.ExpiresTime, Now)}."));
    }
}
