using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Stops everything at once, as a customer, or lifts the stop.</summary>
internal sealed class PauseCommand : CtxCommand
{
    private readonly AsOption _as = new(true);
    private readonly Option<bool> _lift = new("--lift") { Description = "Lift the pause" };

    public PauseCommand(SharedOptions shared, Surroundings surroundings)
        : base("pause", "Stops everything at once: nothing is disclosed, kept or contributed until the pause is lifted.", shared, surroundings)
    {
        Options.Add(_as.Option);
        Options.Add(_lift);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx pause --as customer1@example.org",
        "ctx pause --as customer1@example.org --lift",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        if (parsed.GetValue(_lift))
        {
            return Show(parsed, await client.Me.ResumeAllAsync(cancellation), screen => screen.MarkupLine("[green]Nothing is paused.[/]"));
        }

        var state = await client.Me.PauseAllAsync(cancellation);
        return Show(parsed, state, screen => screen.MarkupLine(
            $"[yellow]All is paused, since {Ages.Of(state.PausedSinceTime, Now)}.[/] Grants stay as they are; --lift goes on."));
    }
}
