using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Replay;
using CustomerContext.Cli.Tokens;
using CustomerContext.Client;

namespace CustomerContext.Cli.Commands;

/// <summary>Publishes a file of signals.</summary>
internal sealed class ReplayCommand : FileCommand
{
    private readonly TenantOptions _tenant = new("replay");

    private readonly Option<bool> _inOrder = new("--in-order")
    {
        Description = "One request at a time, so that signals are taken in the order of the file",
    };

    public ReplayCommand(SharedOptions shared, Surroundings surroundings)
        : base("replay", "Publishes a file of signals, fast: one JSON object a line. Interrupted, it resumes where it was (FILE.progress).",
            "JSON lines; see docs/replay.md", shared, surroundings)
    {
        foreach (var option in (Option[])[.. _tenant.All, _inOrder])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx replay signals.jsonl --tenant acme",
        "ctx replay signals.jsonl --tenant acme --json",
        "    {\"customers\":2,\"grants\":2,\"signals\":1000,\"accepted\":990,\"duplicate\":7,"
        + "\"refused\":{\"TOO_LATE\":3},\"skipped\":{},\"firstRefusals\":[...],\"isComplete\":true,\"seconds\":0.1}",
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var file = new JsonLinesFile(FileOf(parsed), ReplayLine.Parse);
        TokenHolder Holder() => _tenant.Holder(parsed);
        using var client = OpenClient(parsed, Holder, "signal.write");
        var publish = parsed.GetValue(_inOrder) ? new PublishOptions { InFlight = 1 } : new PublishOptions();
        return await SendAsync(parsed, ["replay", .. Destination(parsed, Holder)], progress =>
            new ReplayRun(Patient(client), new(() => LoadTokens(parsed)), publish, progress).RunAsync(file, cancellation));
    }
}
