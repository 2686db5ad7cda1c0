using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.V1;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Publishes one signal.</summary>
internal sealed class PublishCommand : CtxCommand
{
    private readonly TenantOptions _tenant = new("ctx");
    private readonly AsOption _as = new(false);
    private readonly SubjectOptions _subject = new();
    private readonly SignalOptions _signal = new();

    public PublishCommand(SharedOptions shared, Surroundings surroundings)
        : base("publish", "Publishes one signal about a customer; for many see replay.", shared, surroundings)
    {
        foreach (var option in (Option[])[.. _subject.All, .. _tenant.All, _as.Option, .. _signal.All])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx publish --tenant acme --email customer1@example.org --text \"My router is broken again\" --topic router",
        "ctx publish --tenant acme --email customer1@example.org --survey csat=2/5 --topic billing",
        "ctx publish --tenant acme --email customer1@example.org --trait support_tier=gold --source crm",
        "ctx publish --tenant acme --email customer1@example.org --behaviour search=/help/router --topic router",
        "ctx publish --tenant acme --email customer1@example.org --outcome call-1=solved --topic router",
        "ctx publish --as customer1@example.org --trait wanted_outcome=refund",
        "ctx publish --as customer1@example.org --outcome call-1=notSolved --company acme --topic router",
        "ctx publish --as customer1@example.org --friend customer2@example.org      # counts once both said so",
        "ctx publish --as customer1@example.org --join e-bikers",
        "ctx publish --tenant acme --email customer1@example.org --reputation accepted-answer --topic router --giver customer2@example.org",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var self = _as.Holder(parsed);
        using var client = OpenClient(parsed, () => self ?? _tenant.Holder(parsed), "signal.write");
        var subject = self is null ? _subject.RequiredSubject(parsed) : null;
        var signal = _signal.Signal(parsed, subject, Now, client.Options.NewRequestId().ToString("D"));
        var results = await client.Signals.PublishAsync([signal], null, cancellation);
        var result = results[0];
        Show(parsed, result, screen => Write(screen, result));
        return result.Outcome is SignalOutcome.Accepted or SignalOutcome.Duplicate ? ExitCode.Ok : ExitCode.Refused;
    }

    private static void Write(IAnsiConsole screen, SignalResult result)
    {
        screen.MarkupLine(result.Outcome switch
        {
            SignalOutcome.Accepted => $"[green]Accepted[/] [grey]as {Feeling.Plain(result.SignalId)}[/]",
            SignalOutcome.Duplicate => $"[yellow]Seen before[/] [grey]as {Feeling.Plain(result.SignalId)}; it counts once[/]",
            _ => $"[red]Refused: {Words.Of(result.Status?.Reason ?? ErrorReason.Unspecified)}[/] {Feeling.Plain(Rule(result.Status))}",
        });
    }

    private static string Rule(ItemStatus? status) => status is { Field.Length: > 0 } ? $"{status.Field}: {status.Rule}" : status?.Rule ?? "";
}
