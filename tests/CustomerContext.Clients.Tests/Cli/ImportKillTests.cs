using System.Globalization;
using CustomerContext.Clients.Tests.Docs;
using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.Testing;
using CustomerContext.V1;

namespace CustomerContext.Clients.Tests.Cli;

/// <summary>An import whose process is killed.</summary>
public sealed class ImportKillTests
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Import_Killed_GoesOnAfterWhatWasAnsweredAndLosesNothing()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);
        string[] rows = ["Number,Email,Created,Tier", .. Enumerable.Range(0, 1200).Select(row => $"{row},a@b.example,2026-02-01T10:00:00Z,gold")];
        var (file, map) = (ctx.Write("in.csv", rows), ctx.Write(
            "map.yaml",
            "name: k\nsource: crm\nid: Number\nsubject: { email: Email }\nsignals:\n  tier:\n    time: Created\n    trait: { name: support_tier, value: Tier }"));
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Script.OnPublish = async (_, request, context) =>
        {
            if (request.Signals.Any(signal => NumberOf(signal) == 700))
            {
                waiting.TrySetResult();
                await Answers.Never(context);
            }

            return Answers.Accept(request);
        };
        await KillOnceItKeptItsPlace(ctx, server, file, map, waiting.Task);
        Assert.True(File.Exists(file + ".progress"), "it had ended before it was killed");

        var before = server.Script.Requests.Count;
        server.Script.OnPublish = (_, request, _) => Task.FromResult(Answers.Accept(request));
        Assert.Equal(0, await ctx.RunAsync("import", file, "--map", map, "--tenant", "acme"));

        var resumed = server.Script.Received<PublishSignalsRequest>().Skip(before).SelectMany(request => request.Signals).Select(NumberOf);
        Assert.Equal(Enumerable.Range(500, 700), resumed.Order());
        Assert.False(File.Exists(file + ".progress"));
    }

    /// <summary>And once it waits for an answer, so that nothing of it arrives afterwards.</summary>
    private static async Task KillOnceItKeptItsPlace(CtxRun ctx, FakeServer server, string file, string map, Task waits)
    {
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(file)!, "*.progress");
        watcher.Renamed += (_, _) => kept.TrySetResult();
        watcher.EnableRaisingEvents = true;
        using var terminal = new Terminal(
            Path.GetDirectoryName(file)!,
            new Dictionary<string, string> { ["CTX_DATA"] = Path.GetDirectoryName(file)!, ["CTX_ADDRESS"] = server.Address.ToString() },
            "dotnet",
            [Repository.Built("clients/CustomerContext.Cli", "ctx.dll"), "import", file, "--map", map, "--tenant", "acme"]);
        await Task.WhenAll(kept.Task, waits).WaitAsync(_longest);
    }

    private static int NumberOf(Signal signal) => int.Parse(signal.Id.Split('/')[1], CultureInfo.InvariantCulture);
}
