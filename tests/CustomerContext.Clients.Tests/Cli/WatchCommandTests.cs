using System.Text.Json;
using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Clients.Tests.Cli;

public sealed class WatchCommandTests
{
    private static readonly string[] Watch = ["watch", "--email", "a@b.example", "--tenant", "acme", "--service", "crm", "--purpose", "service.support"];

    [Fact]
    public async Task Watch_Json_OneLineAnEvent()
    {
        await using var server = await FakeServer.StartAsync();
        Script(server, WatchEndReason.GrantRevoked);
        using var ctx = new CtxRun(server);

        Assert.Equal(1, await ctx.RunAsync([.. Watch, "--json"]));

        JsonElement[] events = [.. ctx.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["changed", "interrupted", "changed", "ended"], events.Select(one => one.GetProperty("event").GetString()));
        Assert.Equal("1", events[0].GetProperty("frame").GetProperty("version").GetString());
        Assert.Equal(0.5, events[2].GetProperty("current").GetProperty("sentiment").GetProperty("score").GetDouble());
        Assert.Equal("GRANT_REVOKED", events[3].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData(WatchEndReason.GrantRevoked, 1, "has said stop")]
    [InlineData(WatchEndReason.GrantExpired, 0, "time is over")]
    public async Task Watch_ForPeople_ChangesBreaksAndTheEnd(WatchEndReason reason, int exitCode, string words)
    {
        await using var server = await FakeServer.StartAsync();
        Script(server, reason);
        using var ctx = new CtxRun(server);

        Assert.Equal(exitCode, await ctx.RunAsync(Watch));

        Assert.All(["+0.50", "connection lost", "router", words], text => Assert.Contains(text, ctx.Output));
    }

    private static void Script(FakeServer server, WatchEndReason reason) => server.Script.OnWatch = async (call, _, stream, _) =>
    {
        await stream.WriteAsync(call == 1 ? Answers.Frame("1", Answers.Mood(0.5)) : Answers.Frame("2", Answers.Minds("router")));
        if (call == 1)
        {
            throw Answers.Refusal(StatusCode.Unavailable, "SERVER_UNAVAILABLE");
        }

        await stream.WriteAsync(Answers.Ended(reason));
    };
}
