using System.CommandLine;
using CustomerContext.Cli.Options;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Erases a customer, as that customer.</summary>
internal sealed class EraseCommand : CtxCommand
{
    private readonly AsOption _as = new(true);
    private readonly Option<bool> _yes = new("--yes") { Description = "Yes, erase everything, for good (needed)" };
    private readonly Option<string?> _out = new("--out") { Description = "Write the signed receipt to this file", HelpName = "FILE" };

    public EraseCommand(SharedOptions shared, Surroundings surroundings)
        : base("erase", "Erases a customer for good: context, identifiers, consent, record of looks.", shared, surroundings)
    {
        foreach (var option in (Option[])[_as.Option, _yes, _out])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx export --as customer1@example.org --out everything.json",
        "ctx erase --as customer1@example.org --yes --out erased.jws",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (!parsed.GetValue(_yes))
        {
            throw new UsageException("this cannot be undone; say --yes, and take everything out before if you want to keep it: ctx export");
        }

        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        var erased = await client.Me.EraseAsync(cancellation);
        if (parsed.GetValue(_out) is { } file)
        {
            await File.WriteAllTextAsync(file, erased.Receipt, cancellation);
        }

        return Show(parsed, erased, screen => screen.MarkupLine(
            $"[green]Erased.[/] Left are the hashes of {erased.ChainHead.Sequence} records, which name nobody. The receipt says so, signed."));
    }
}
