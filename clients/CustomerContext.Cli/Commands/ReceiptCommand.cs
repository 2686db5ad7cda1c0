using System.Buffers.Text;
using System.CommandLine;
using System.Text.Json;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Fetches the signed receipt of a grant, as a customer.</summary>
internal sealed class ReceiptCommand : CtxCommand
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    private readonly AsOption _as = new(true);
    private readonly Argument<string> _grant = new("GRANT") { Description = "Which grant, by id; see ctx grants" };
    private readonly Option<long?> _version = new("--version-number")
    {
        Description = "Which version of the grant, from 1. Default: the latest",
        HelpName = "NUMBER",
    };

    private readonly Option<string?> _out = new("--out") { Description = "Write the receipt as it was signed to this file", HelpName = "FILE" };

    public ReceiptCommand(SharedOptions shared, Surroundings surroundings)
        : base("receipt", "Fetches the signed receipt of a grant. Check it with any JOSE library against /.well-known/jwks.json.", shared, surroundings)
    {
        Arguments.Add(_grant);
        foreach (var option in (Option[])[_as.Option, _version, _out])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx receipt GRANT_ID --as customer1@example.org",
        "ctx receipt GRANT_ID --as customer1@example.org --version-number 1 --out receipt.jws",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        var answer = await client.Me.GetReceiptAsync(parsed.GetValue(_grant)!, parsed.GetValue(_version), cancellation);
        if (parsed.GetValue(_out) is { } file)
        {
            await File.WriteAllTextAsync(file, answer.Receipt, cancellation);
        }

        return Show(parsed, answer, screen =>
        {
            screen.WriteLine(Readable(answer.Receipt));
            screen.MarkupLine(parsed.GetValue(_out) is { } written
                ? $"[green]Written to {Feeling.Plain(written)}[/] as it was signed."
                : "[grey]--out FILE keeps it as it was signed.[/]");
        });
    }

    /// <summary>The second part of a compact JWS, indented.</summary>
    private static string Readable(string receipt)
    {
        using var content = JsonDocument.Parse(Base64Url.DecodeFromChars(receipt.Split('.')[1]));
        return JsonSerializer.Serialize(content, _indented);
    }
}
