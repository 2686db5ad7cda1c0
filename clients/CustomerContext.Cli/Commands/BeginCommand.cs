using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Begins an interaction, as a tenant's program.</summary>
internal sealed class BeginCommand : CtxCommand
{
    private readonly TenantOptions _tenant = new("telephony");
    private readonly SubjectOptions _subject = new();
    private readonly InteractionOption _interaction = new("The call, case or chat; an id that nobody can guess");

    public BeginCommand(SharedOptions shared, Surroundings surroundings)
        : base("begin", "Begins an interaction in which a customer takes part, as the telephony would. A person's token may not.", shared, surroundings)
    {
        foreach (var option in (Option[])[.. _subject.All, .. _tenant.All, _interaction.Option])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx begin --email customer1@example.org --tenant acme --service telephony --interaction call-1",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var subject = _subject.RequiredSubject(parsed);
        using var client = OpenClient(parsed, () => _tenant.Holder(parsed), "context.read");
        var begun = await client.Customer(subject).BeginInteractionAsync(_interaction.Required(parsed), cancellation);
        return Show(parsed, begun, screen => screen.MarkupLine(
            $"[green]Begun, if there is such a customer.[/] What they granted \"while we talk\" may be looked at now; it ends {Ages.Of(begun.ExpiresTime, Now)}."));
    }
}
