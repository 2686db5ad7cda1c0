using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.V1;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Shows what is configured, in words.</summary>
internal sealed class CatalogCommand : CtxCommand
{
    private readonly Option<string?> _language = new("--language") { Description = "Language of the words: en, de or fr. Default: en", HelpName = "TAG" };

    public CatalogCommand(SharedOptions shared, Surroundings surroundings)
        : base("catalog", "Shows which companies, purposes, presets, parts of the context and traits there are, in words. Needs no token.", shared, surroundings) =>
        Options.Add(_language);

    public override IReadOnlyList<string> Examples => ["ctx catalog", "ctx catalog --language de --json"];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = OpenClient(parsed);
        var catalogue = await client.GetCatalogAsync(parsed.GetValue(_language) ?? "", cancellation);
        return Show(parsed, catalogue, screen => Write(screen, catalogue));
    }

    private static void Write(IAnsiConsole screen, GetCatalogResponse catalogue)
    {
        Section(screen, "Companies", catalogue.Companies.Select(one => (one.Tenant, $"{one.DisplayName} ({string.Join(", ", one.Purposes)})")));
        Section(screen, "Purposes", catalogue.Purposes.Select(one => (one.Purpose, one.Text)));
        Section(screen, "Presets", catalogue.Presets.Select(one => (one.Preset, one.Text)));
        Section(screen, "Parts", catalogue.Facets.Select(one => (Words.Dashed(one.Facet), $"{one.Title}: {one.Text}")));
        Section(screen, "Traits", catalogue.Traits.Select(one => (one.Name, one.Text)));
        Section(screen, "Tribes", catalogue.Tribes.Select(one => (one.TribeId, one.DisplayName)));
    }

    private static void Section(IAnsiConsole screen, string title, IEnumerable<(string Name, string Text)> entries)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2)).AddColumn(new GridColumn().PadRight(0));
        foreach (var (name, text) in entries)
        {
            grid.AddRow(new Markup(Feeling.Plain(name)), new Markup($"[grey]{Feeling.Plain(text)}[/]"));
        }

        screen.MarkupLine($"[bold]{title}[/]");
        screen.Write(grid);
    }
}
