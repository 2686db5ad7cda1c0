using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.Cli.Replay;
using CustomerContext.Client;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Publishes a file of signals.</summary>
internal sealed class ReplayCommand : CtxCommand
{
    private readonly TenantOptions _tenant = new("replay");
    private readonly Argument<FileInfo> _file = new("FILE") { Description = "JSON lines; see docs/replay.md" };

    private readonly Option<bool> _inOrder = new("--in-order")
    {
        Description = "One request at a time, so that signals are taken in the order of the file",
    };

    private readonly Option<bool> _restart = new("--restart") { Description = "From the first line, even if an earlier run was interrupted" };

    public ReplayCommand(SharedOptions shared, Surroundings surroundings)
        : base("replay", "Publishes a file of signals, fast: one JSON object a line. Interrupted, it resumes where it was (FILE.progress).",
            shared, surroundings)
    {
        Arguments.Add(_file);
        foreach (var option in (Option[])[.. _tenant.All, _inOrder, _restart])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx replay signals.jsonl --tenant acme",
        "ctx replay signals.jsonl --tenant acme --json",
        "    {\"customers\":2,\"grants\":2,\"signals\":1000,\"accepted\":990,\"duplicate\":7,"
        + "\"refused\":{\"TOO_LATE\":3},\"firstRefusals\":[...],\"isComplete\":true,\"seconds\":0.1}",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var file = parsed.GetRequiredValue(_file);
        if (!file.Exists)
        {
            throw new UsageException($"there is no file {file.FullName}");
        }

        using var client = OpenClient(parsed, () => _tenant.Holder(parsed), "signal.write");
        var patient = client.With(client.Options with { Retry = ReplayRetry.Retry, WriteDeadline = ReplayRetry.Deadline });
        var place = ReplayPlace.Load(file, parsed.GetValue(_restart));
        var tally = place.Tally;
        var publish = parsed.GetValue(_inOrder) ? new PublishOptions { InFlight = 1 } : new PublishOptions();
        var failure = await ShowProgress(parsed, file, place, show =>
            new ReplayRun(patient, new(() => LoadTokens(parsed)), Surroundings.Time, publish, place, show).RunAsync(file, cancellation));
        if (IsJson(parsed))
        {
            await Surroundings.Output.WriteLineAsync(Json.Line(tally.ToJson(failure is null)));
        }
        else
        {
            ReplayPage.Write(Surroundings.Screen, tally);
        }

        return failure switch
        {
            null => tally.IsAllTaken ? ExitCode.Ok : ExitCode.Refused,
            CustomerContextException error => Report(parsed, error),
            _ => Interrupted(parsed),
        };
    }

    private async Task<Exception?> ShowProgress(ParseResult parsed, FileInfo file, ReplayPlace place, Func<Action<ReplayPlace>, Task<Exception?>> run)
    {
        if (!IsJson(parsed) && place.Line > 0)
        {
            Surroundings.Notes.MarkupLine($"[grey]Resuming after line {place.Line:N0}.[/]");
        }

        return IsJson(parsed) || !Surroundings.Notes.Profile.Capabilities.Interactive
            ? await run(_ => { })
            : await ReplayPage.WithBarAsync(Surroundings.Notes, file, run);
    }

    private int Report(ParseResult parsed, CustomerContextException error)
    {
        ErrorReport.Write(Surroundings, IsJson(parsed), error);
        Interrupted(parsed);
        return ExitCode.Of(error);
    }

    private int Interrupted(ParseResult parsed)
    {
        if (!IsJson(parsed))
        {
            Surroundings.Notes.MarkupLine("[yellow]Not finished.[/] The same command goes on from here.");
        }

        return ExitCode.Interrupted;
    }
}
