using System.CommandLine;
using CustomerContext.Cli.Options;

namespace CustomerContext.Cli.Commands;

/// <summary>Ends an interaction for good, as a tenant.</summary>
internal sealed class EndCommand : CtxCommand
{
    private readonly TenantOptions _tenant = new(null);
    private readonly InteractionOption _interaction = new("The call, case or chat");

    public EndCommand(SharedOptions shared, Surroundings surroundings)
        : base("end", "Ends an interaction, for good: what was granted for this call only ends with it, and its id never opens anything again.", shared, surroundings)
    {
        foreach (var option in (Option[])[.. _tenant.All, _interaction.Option])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx end --tenant acme --actor agent-7 --interaction call-1",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = OpenClient(parsed, () => _tenant.Holder(parsed), "context.read");
        await client.EndInteractionAsync(_interaction.Required(parsed), cancellation);
        return Tell(parsed, "ENDED", "Ended. Nothing can be looked at in it any more; the next call needs an id of its own.");
    }
}
