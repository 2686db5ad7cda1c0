using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Turns a code that a customer read out into a grant, as a tenant.</summary>
internal sealed class RedeemCommand : CtxCommand
{
    private readonly TenantOptions _tenant = new(null);
    private readonly SubjectOptions _subject = new();
    private readonly InteractionOption _interaction = new("The call, case or chat in which it was read out");
    private readonly Argument<string[]> _code = new("CODE")
    {
        Description = "The code; spaces and dashes do not matter",
        Arity = ArgumentArity.OneOrMore,
    };


    public RedeemCommand(SharedOptions shared, Surroundings surroundings)
        : base("redeem", "Turns a code that a customer read out into a grant. Five wrong tries kill the code.", shared, surroundings)
    {
        Arguments.Add(_code);
        foreach (var option in (Option[])[.. _subject.All, .. _tenant.All, _interaction.Option])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx redeem 1234 5678 --email customer1@example.org --tenant acme --actor agent-7 --interaction call-1",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var subject = _subject.RequiredSubject(parsed);
        using var client = OpenClient(parsed, () => _tenant.Holder(parsed), "consent.manage");
        var redeemed = await client.Customer(subject).RedeemCodeAsync(string.Concat(parsed.GetRequiredValue(_code)), _interaction.Required(parsed), cancellation);
        return Show(parsed, redeemed, screen =>
        {
            var look = $"--customer-id {redeemed.CustomerId}{_tenant.Again(parsed)} --interaction {_interaction.Required(parsed)} --purpose {redeemed.Grant.Terms?.Purposes.FirstOrDefault() ?? "PURPOSE"}";
            screen.MarkupLine("[green]Granted. You may look now, as often as this call needs:[/]");
            screen.MarkupLine($"  ctx get {Feeling.Plain(look)}");
            screen.Write(ConsentPage.Grants([redeemed.Grant], Now));
        });
    }
}
