using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Says "yes, I'm talking to them now", as a customer, or that it is over.</summary>
internal sealed class TalkingCommand : CtxCommand
{
    private readonly AsOption _as = new(true);
    private readonly Option<string> _tenant = new("--tenant") { Description = "To whom, for example acme", HelpName = "NAME", Required = true };
    private readonly Option<bool> _over = new("--over") { Description = "No longer" };

    public TalkingCommand(SharedOptions shared, Surroundings surroundings)
        : base("talking", "Says that you are talking to a company now: what you granted \"while we talk\" is open for 4 hours.", shared, surroundings)
    {
        Options.Add(_as.Option);
        Options.Add(_tenant);
        Options.Add(_over);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx talking --as customer1@example.org --tenant acme",
        "ctx talking --as customer1@example.org --tenant acme --over",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var tenant = parsed.GetRequiredValue(_tenant);
        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        if (parsed.GetValue(_over))
        {
            return Show(parsed, await client.Me.CloseConversationAsync(tenant, cancellation), screen => screen.MarkupLine($"[green]{Feeling.Plain(tenant)} does not count as talking to you any more.[/]"));
        }

        var opened = await client.Me.OpenConversationAsync(tenant, cancellation);
        return Show(parsed, opened, screen => screen.MarkupLine(
            $"[green]You are talking to {Feeling.Plain(tenant)}.[/] It ends {Ages.Of(opened.Conversation.ExpiresTime, Now)}, or with --over."));
    }
}
