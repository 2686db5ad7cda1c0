using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.V1;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Shows and sets how a customer hears by e-mail that somebody looked.</summary>
internal sealed class LookMailCommand : CtxCommand
{
    private static readonly Dictionary<string, LookMailKind> _kinds = new(StringComparer.Ordinal)
    {
        ["never"] = LookMailKind.Unspecified,
        ["daily"] = LookMailKind.Daily,
    };

    private readonly AsOption _as = new(true);
    private readonly Option<string?> _set = new("--set") { Description = "Sets how often: never or daily", HelpName = "never|daily" };
    private readonly Option<string?> _language = new("--language") { Description = "Language of the mail: en, de or fr. Default: en", HelpName = "TAG" };

    public LookMailCommand(SharedOptions shared, Surroundings surroundings)
        : base("look-mail", "Shows how a customer hears by e-mail that a company looked, or sets it. Mail goes to the address that their sign-in has verified.", shared, surroundings)
    {
        _set.AcceptOnlyFromAmong([.. _kinds.Keys]);
        foreach (var option in (Option[])[_as.Option, _set, _language])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples => ["ctx look-mail --as customer1@example.org", "ctx look-mail --as customer1@example.org --set daily --language de"];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        var mail = parsed.GetValue(_set) is { } kind
            ? await client.Me.SetLookMailAsync(_kinds[kind], parsed.GetValue(_language) ?? "", cancellation)
            : (await client.Me.GetLookMailAsync(cancellation)).LookMail;
        var often = _kinds.FirstOrDefault(one => one.Value == mail.Kind).Key ?? "unknown";
        return Show(parsed, mail, screen => screen.MarkupLine($"mail about looks: {often}{(mail.Address.Length > 0 ? $", to {Feeling.Plain(mail.Address)}, in {Feeling.Plain(mail.Language)}" : "")}"));
    }
}
