using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Lists what is attached to a customer.</summary>
internal sealed class IdentifiersCommand : CtxCommand
{
    private readonly TenantOptions _tenant = new("ctx");
    private readonly AsOption _as = new(false);
    private readonly SubjectOptions _subject = new();

    public IdentifiersCommand(SharedOptions shared, Surroundings surroundings)
        : base("identifiers", "Lists what is attached to a customer: to them everything, to a tenant the ids of its own systems.", shared, surroundings)
    {
        foreach (var option in (Option[])[.. _subject.All, .. _tenant.All, _as.Option])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx identifiers --as customer1@example.org",
        "ctx identifiers --tenant acme --email customer1@example.org --json",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var self = _as.Holder(parsed);
        var subject = self is null ? _subject.RequiredSubject(parsed) : null;
        using var client = OpenClient(parsed, () => self ?? _tenant.Holder(parsed), "context.read");
        var resolved = await client.Identity.ResolveAsync(subject, cancellation);
        return Show(parsed, resolved, screen =>
        {
            var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).AddColumns("Format", "Trusted because", "Inside", "Since");
            foreach (var identifier in resolved.Identifiers)
            {
                table.AddRow(
                    Words.Of(identifier.Format),
                    Words.Of(identifier.Verification),
                    identifier.Tenant.Length > 0 ? Feeling.Plain(identifier.Tenant) : "everywhere",
                    Ages.Of(identifier.LinkTime, Now));
            }

            screen.Write(table);
        });
    }
}
