using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.V1;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Makes a friend code, or redeems one.</summary>
internal sealed class FriendsCommand : CtxCommand
{
    private readonly AsOption _as = new(true);
    private readonly Argument<string?> _code = new("CODE") { Description = "A friend's code. Absent: makes one", Arity = ArgumentArity.ZeroOrOne };

    public FriendsCommand(SharedOptions shared, Surroundings surroundings)
        : base("friends", "Makes a code to hand to a friend; with CODE says yes to who made it.", shared, surroundings)
    {
        Arguments.Add(_code);
        Options.Add(_as.Option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx friends --as customer1@example.org",
        "ctx friends 123456789 --as customer2@example.org",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        if (parsed.GetValue(_code) is { } code)
        {
            var tie = await client.Me.RedeemFriendCodeAsync(code, cancellation);
            return Show(parsed, new RedeemFriendCodeResponse { Tie = tie }, screen => screen.MarkupLine(TieLines.Line(tie, Now)));
        }

        var made = await client.Me.CreateFriendCodeAsync(cancellation);
        return Show(parsed, made, screen =>
        {
            screen.MarkupLine($"[bold]{TieLines.InThrees(made.FriendCode)}[/]  [grey]Whoever brings it is your friend. It lapses {Ages.Of(made.ExpiresTime, Now)}.[/]");
            if (made.FriendUrl.Length > 0)
            {
                screen.MarkupLine($"[grey]or send the link[/] {Feeling.Plain(made.FriendUrl)}");
            }
        });
    }
}
