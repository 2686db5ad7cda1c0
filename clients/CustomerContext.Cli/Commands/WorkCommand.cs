using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.V1;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Lists a company's work, and claims, completes and hands over a piece of it.</summary>
internal sealed class WorkCommand : CtxCommand
{
    private readonly TenantOptions _tenant = new("ctx");
    private readonly InteractionOption _interaction = new("The shift, call or case in which the actor claims");
    private readonly Option<string> _purpose = new("--purpose") { Description = "What for (default: service.support)", DefaultValueFactory = _ => "service.support" };
    private readonly Option<string?> _claim = new("--claim") { Description = "Claims this work, and shows whose it is", HelpName = "WORK" };
    private readonly Option<string?> _complete = new("--complete") { Description = "Completes this work, which the actor has claimed", HelpName = "WORK" };
    private readonly Option<string?> _handOver = new("--hand-over") { Description = "Gives this work, which the actor has claimed, to the queue of what is escalated", HelpName = "WORK" };

    public WorkCommand(SharedOptions shared, Surroundings surroundings)
        : base("work", "Lists what waits at a company, without names, most urgent first. Who claims it sees whose it is, on the customer's record.", shared, surroundings)
    {
        foreach (var option in (Option[])[.. _tenant.All, _purpose, _interaction.Option, _claim, _complete, _handOver])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx work --tenant acme --actor agent-7",
        "ctx work --tenant acme --actor agent-7 --claim WORK --interaction shift-1",
        "ctx work --tenant acme --actor agent-7 --complete WORK",
        "ctx work --tenant acme --actor agent-7 --hand-over WORK",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = OpenClient(parsed, () => _tenant.Holder(parsed), "attention.work");
        var purpose = parsed.GetValue(_purpose)!;
        if (parsed.GetValue(_claim) is { } claim)
        {
            var claimed = await client.Work.ClaimAsync(claim, purpose, _interaction.Value(parsed), cancellation: cancellation);
            string[] lines = [WorkPage.Line(claimed.Work, Now), $"customer {Feeling.Plain(claimed.CustomerId)}", WorkPage.Line(claimed.Item), .. claimed.People.Select(WorkPage.Line)];
            return Show(parsed, claimed, screen => Write(screen, lines));
        }

        if (parsed.GetValue(_complete) is { } done)
        {
            var completed = await client.Work.CompleteAsync(done, cancellation: cancellation);
            return Show(parsed, completed, screen => Write(screen, [WorkPage.Line(completed.Work, Now)]));
        }

        if (parsed.GetValue(_handOver) is { } given)
        {
            var handed = await client.Work.HandOverAsync(given, WorkQueue.Escalated, cancellation);
            return Show(parsed, handed, screen => Write(screen, [WorkPage.Line(handed.Work, Now)]));
        }

        var all = new ListWorkResponse();
        await foreach (var work in client.Work.ListAsync(purpose, cancellation: cancellation))
        {
            all.Works.Add(work);
        }

        return Show(parsed, all, screen => Write(screen, all.Works.Count == 0 ? ["nothing waits"] : all.Works.Select(work => WorkPage.Line(work, Now))));
    }

    private static void Write(IAnsiConsole screen, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            screen.MarkupLine(line);
        }
    }
}
