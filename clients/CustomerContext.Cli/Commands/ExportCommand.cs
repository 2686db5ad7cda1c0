using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Takes everything out, as a customer.</summary>
internal sealed class ExportCommand : CtxCommand
{
    private readonly AsOption _as = new(true);
    private readonly Option<string?> _out = new("--out") { Description = "Write to this file. Default: to standard output", HelpName = "FILE" };

    public ExportCommand(SharedOptions shared, Surroundings surroundings)
        : base("export", "Hands over everything that is kept of a customer, as one JSON document.", shared, surroundings)
    {
        Options.Add(_as.Option);
        Options.Add(_out);
    }

    public override IReadOnlyList<string> Examples => ["ctx export --as customer1@example.org --out everything.json"];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        using var document = new MemoryStream();
        await client.Me.ExportAsync(document, cancellation);
        if (parsed.GetValue(_out) is { } file)
        {
            await File.WriteAllBytesAsync(file, document.ToArray(), cancellation);
            if (!IsJson(parsed))
            {
                Surroundings.Screen.MarkupLine($"[green]Written to {Feeling.Plain(file)}:[/] {Words.Count(document.Length, "byte")}.");
            }
        }
        else
        {
            await Surroundings.Output.WriteLineAsync(System.Text.Encoding.UTF8.GetString(document.ToArray()));
        }

        return ExitCode.Ok;
    }
}
