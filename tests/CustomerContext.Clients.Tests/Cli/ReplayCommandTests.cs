using System.Text.Json;
using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;
using Google.Protobuf;
using Grpc.Core;

namespace CustomerContext.Clients.Tests.Cli;

public sealed class ReplayCommandTests
{
    private const string Customer = """
        {"customer": {"email": "a@b.example", "preferences": {"ofAge": true, "collect": ["acme"]}, "grants": [{"tenant": "acme", "terms": {"purposes": ["service.support"]}}]}}
        """;

    [Fact]
    public async Task Replay_MixedOutcomes_SummaryByReason()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnPublish = (_, request, _) => Task.FromResult(new PublishSignalsResponse
        {
            Results =
            {
                request.Signals.Select(signal => signal.Id switch
                {
                    "late" => Answers.Refused(signal.Id, ErrorReason.TooLate),
                    "seen" => new SignalResult { SignalId = signal.Id, Outcome = SignalOutcome.Duplicate },
                    _ => new SignalResult { SignalId = signal.Id, Outcome = SignalOutcome.Accepted },
                }),
            },
        });
        using var ctx = new CtxRun(server);
        var file = ctx.Write("in.jsonl", Signal("a"), "", Signal("b"), Signal("a"), Signal("late"), "{\"id\":", Signal("seen"));

        Assert.Equal(1, await ctx.RunAsync("replay", file, "--tenant", "acme", "--json"));

        using var summary = JsonDocument.Parse(ctx.Output);
        Assert.Equal((6 - 1, 2, 2), (Number(summary, "signals"), Number(summary, "accepted"), Number(summary, "duplicate")));
        var refused = summary.RootElement.GetProperty("refused");
        Assert.Equal((1, 1), (refused.GetProperty("TOO_LATE").GetInt32(), refused.GetProperty("MALFORMED_LINE").GetInt32()));
        Assert.Equal("line 5: TOO_LATE", summary.RootElement.GetProperty("firstRefusals")[0].GetString());
        Assert.False(File.Exists(file + ".progress"));
    }

    [Fact]
    public async Task Replay_ForPeople_SummaryInWords()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync("replay", ctx.Write("in.jsonl", Signal("a"), Signal("a")), "--tenant", "acme"));

        Assert.All(["Signals", "Accepted", "Duplicate", "counted once"], text => Assert.Contains(text, ctx.Output));
    }

    [Fact]
    public async Task Replay_CustomersFirst_SaidYesWithTheirOwnTokensBeforeAnySignal()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, request) => Yes(request);
        using var ctx = new CtxRun(server);
        var file = ctx.Write("in.jsonl", Customer, Customer.Replace("a@b", "c@d"), Signal("a"));

        Assert.Equal(0, await ctx.RunAsync("replay", file, "--tenant", "acme", "--json"));

        Assert.IsType<PublishSignalsRequest>(server.Script.Requests.Last());
        Assert.All(server.Script.Received<SetPreferencesRequest>(), request => Assert.Equal(["acme"], request.Preferences.Collect));
        Assert.Equal(2, server.Script.Received<CreateGrantRequest>().Count());
        Assert.Equal(3, server.Script.Tokens.Distinct().Count());
        using var summary = JsonDocument.Parse(ctx.Output);
        Assert.Equal((2, 2), (Number(summary, "customers"), Number(summary, "grants")));
    }

    [Fact]
    public async Task Replay_CustomersAgain_WithTheSameRequestIds()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, request) => Yes(request);
        using var ctx = new CtxRun(server);
        var file = ctx.Write("in.jsonl", Customer);

        await ctx.RunAsync("replay", file, "--tenant", "acme");
        await ctx.RunAsync("replay", file, "--tenant", "acme");

        string[] grants = [.. server.Script.Received<CreateGrantRequest>().Select(request => request.RequestId)];
        Assert.Equal(2, grants.Length);
        Assert.Single(grants.Distinct());
        Assert.NotEqual(grants[0], server.Script.Received<SetPreferencesRequest>().First().RequestId);
    }

    [Fact]
    public async Task Replay_CustomerRefused_CountedAndTheOthersGoOn()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, request) => request is CreateGrantRequest
            ? throw Answers.Refusal(StatusCode.FailedPrecondition, "NOT_OF_AGE")
            : Yes(request);
        using var ctx = new CtxRun(server);

        Assert.Equal(1, await ctx.RunAsync("replay", ctx.Write("in.jsonl", Customer, Signal("a")), "--tenant", "acme", "--json"));

        using var summary = JsonDocument.Parse(ctx.Output);
        Assert.Equal(1, summary.RootElement.GetProperty("refused").GetProperty("NOT_OF_AGE").GetInt32());
        Assert.Equal(1, Number(summary, "accepted"));
    }

    [Fact]
    public async Task Replay_AnotherReasonInAnotherSection_TenOfEachTold()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (_, request) => request is CreateGrantRequest
            ? throw Answers.Refusal(StatusCode.FailedPrecondition, "NOT_OF_AGE")
            : Yes(request);
        using var ctx = new CtxRun(server);
        string[] lines = [.. Enumerable.Repeat("not json", 11), Signal("a"), .. Enumerable.Range(0, 11).Select(number => Customer.Replace("a@b", $"a{number}@b"))];

        Assert.Equal(1, await ctx.RunAsync("replay", ctx.Write("in.jsonl", lines), "--tenant", "acme", "--json"));

        using var summary = JsonDocument.Parse(ctx.Output);
        string[] told = [.. summary.RootElement.GetProperty("firstRefusals").EnumerateArray().Select(one => one.GetString()!)];
        Assert.Equal((10, 10), (told.Count(one => one.Contains("MALFORMED_LINE")), told.Count(one => one.Contains("NOT_OF_AGE"))));
    }

    [Fact]
    public async Task Replay_ToAnotherTenantMeanwhile_StartsOver()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);
        var file = ctx.Write("in.jsonl", Enumerable.Range(0, 600).Select(index => Signal($"s{index}")));
        server.Script.OnPublish = (_, request, _) => request.Signals.Any(signal => signal.Id == "s599")
            ? throw Answers.Refusal(StatusCode.PermissionDenied, "CALLER_NOT_ALLOWED")
            : Task.FromResult(Answers.Accept(request));
        Assert.Equal(1, await ctx.RunAsync("replay", file, "--tenant", "acme"));
        Assert.True(File.Exists(file + ".progress"));

        var before = server.Script.Requests.Count;
        server.Script.OnPublish = (_, request, _) => Task.FromResult(Answers.Accept(request));
        Assert.Equal(0, await ctx.RunAsync("replay", file, "--tenant", "globex"));

        Assert.Equal(600, server.Script.Received<PublishSignalsRequest>().Skip(before).Sum(request => request.Signals.Count));
    }

    [Fact]
    public async Task Replay_Stopped_ResumesAfterTheLastLineThatIsDone()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);
        string[] lines = [.. Enumerable.Range(0, 1200).Select(index => Signal($"s{index}")), "not json"];
        var file = ctx.Write("in.jsonl", ["also not json", .. lines]);
        server.Script.OnPublish = (_, request, _) => request.Signals.Any(signal => signal.Id == "s700")
            ? throw Answers.Refusal(StatusCode.PermissionDenied, "CALLER_NOT_ALLOWED")
            : Task.FromResult(Answers.Accept(request));

        Assert.Equal(1, await ctx.RunAsync("replay", file, "--tenant", "acme", "--json"));
        using (var stopped = JsonDocument.Parse(ctx.Output))
        {
            Assert.Equal(500, Number(stopped, "accepted"));
            Assert.False(stopped.RootElement.GetProperty("isComplete").GetBoolean());
        }

        var before = server.Script.Requests.Count;
        server.Script.OnPublish = (_, request, _) => Task.FromResult(Answers.Accept(request));
        Assert.Equal(1, await ctx.RunAsync("replay", file, "--tenant", "acme", "--json"));

        using var summary = JsonDocument.Parse(ctx.Output);
        Assert.Equal((1200, 0), (Number(summary, "accepted"), Number(summary, "duplicate")));
        Assert.Equal(2, summary.RootElement.GetProperty("refused").GetProperty("MALFORMED_LINE").GetInt32());
        Assert.Equal("s500", server.Script.Received<PublishSignalsRequest>().Skip(before).SelectMany(request => request.Signals).MinBy(Index)!.Id);
        Assert.False(File.Exists(file + ".progress"));
    }

    [Fact]
    public async Task Replay_InOrder_OneRequestAtATimeInTheOrderOfTheFile()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);
        string[] ids = [.. Enumerable.Range(0, 2600).Select(index => $"s{index}")];
        var (inside, most) = (0, 0);
        server.Script.OnPublish = async (_, request, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            return Answers.Accept(request);
        };

        Assert.Equal(0, await ctx.RunAsync("replay", ctx.Write("in.jsonl", [.. ids.Select(Signal)]), "--tenant", "acme", "--in-order"));

        Assert.Equal(1, most);
        Assert.Equal(ids, server.Script.Received<PublishSignalsRequest>().SelectMany(request => request.Signals).Select(signal => signal.Id));
    }

    [Fact]
    public async Task Replay_FileChangedMeanwhile_StartsOver()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);
        var file = ctx.Write("in.jsonl", Signal("a"));
        ctx.Write("in.jsonl.progress", """{"File":"1 1","Line":1,"Tally":{}}""");

        Assert.Equal(0, await ctx.RunAsync("replay", file, "--tenant", "acme"));

        Assert.Single(server.Script.Requests);
    }

    [Fact]
    public async Task Replay_NoFile_WrongUsage()
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(2, await ctx.RunAsync("replay", ctx.PathOf("none.jsonl"), "--tenant", "acme"));
    }

    private static int Index(Signal signal) => int.Parse(signal.Id[1..]);

    private static int Number(JsonDocument summary, string name) => summary.RootElement.GetProperty(name).GetInt32();

    private static IMessage Yes(IMessage request) => request switch
    {
        SetPreferencesRequest set => new SetPreferencesResponse { Preferences = set.Preferences },
        _ => new CreateGrantResponse(),
    };

    private static string Signal(string id) => JsonFormatter.Default.Format(new Signal { Id = id, Trait = new TraitSignal { Name = "x-a", Value = "b" } });
}
