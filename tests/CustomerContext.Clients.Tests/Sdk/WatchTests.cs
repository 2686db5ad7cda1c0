using CustomerContext.Client;
using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Clients.Tests.Sdk;

public sealed class WatchTests
{
    [Fact]
    public async Task WatchAsync_Break_ResumesWhereItWasAndMissesNothing()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnWatch = async (call, _, stream, _) =>
        {
            if (call == 1)
            {
                await stream.WriteAsync(Answers.Frame("1", Answers.Mood(0.1)));
                await stream.WriteAsync(Answers.Frame("2", Answers.Mood(0.2)));
                throw Answers.Refusal(StatusCode.Unavailable, "SERVER_UNAVAILABLE");
            }

            await stream.WriteAsync(Answers.Frame("3", Answers.Mood(0.3)));
            await stream.WriteAsync(Answers.Ended(WatchEndReason.GrantRevoked));
        };

        var events = await WatchAsync(server);

        Assert.Equal(["1", "2", "3"], events.OfType<WatchEvent.Changed>().Select(changed => changed.Frame.Version));
        Assert.IsType<WatchEvent.Interrupted>(events[2]);
        Assert.Equal(new WatchEvent.Ended(WatchEndReason.GrantRevoked), events[^1]);
        Assert.Equal(["", "2"], Tokens(server));
    }

    [Fact]
    public async Task WatchAsync_Heartbeats_MoveTheResumeTokenAndAreNotShown()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnWatch = async (call, _, stream, _) =>
        {
            await stream.WriteAsync(call == 1
                ? new WatchContextResponse { ResumeToken = "beat", Heartbeat = new Heartbeat() }
                : Answers.Ended(WatchEndReason.GrantExpired));
        };

        var events = await WatchAsync(server);

        Assert.Equal(2, events.Count);
        Assert.Equal(["", "beat"], Tokens(server));
    }

    [Fact]
    public async Task WatchAsync_HeartbeatAfterABreak_ToldOnce()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnWatch = async (call, _, stream, _) =>
        {
            if (call == 1)
            {
                await stream.WriteAsync(Answers.Frame("1", Answers.Mood(0.1)));
                throw Answers.Refusal(StatusCode.Unavailable);
            }

            await stream.WriteAsync(new WatchContextResponse { ResumeToken = "1", Heartbeat = new Heartbeat() });
            await stream.WriteAsync(new WatchContextResponse { ResumeToken = "1", Heartbeat = new Heartbeat() });
            await stream.WriteAsync(Answers.Ended(WatchEndReason.GrantExpired));
        };

        var events = await WatchAsync(server);

        Assert.Equal(
            [typeof(WatchEvent.Changed), typeof(WatchEvent.Interrupted), typeof(WatchEvent.Resumed), typeof(WatchEvent.Ended)],
            events.Select(happened => happened.GetType()));
    }

    [Fact]
    public async Task WatchAsync_PartialFrames_CurrentIsAllOfThemLessWhatIsWithheld()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnWatch = async (_, _, stream, _) =>
        {
            await stream.WriteAsync(Answers.Frame("1", Answers.Mood(0.5)));
            await stream.WriteAsync(Answers.Frame("2", Answers.Minds("billing")));
            await stream.WriteAsync(Answers.Frame("3", Answers.Minds("router"), new Withheld { Facet = Facet.Sentiment }));
            await stream.WriteAsync(Answers.Ended(WatchEndReason.GrantExpired));
        };

        var events = await WatchAsync(server);

        Context[] currents = [.. events.OfType<WatchEvent.Changed>().Select(changed => changed.Current)];
        Assert.Equal(0.5, currents[1].Sentiment.Score);
        Assert.Equal("billing", currents[1].TopOfMind.Topics.Single().Name);
        Assert.Equal(Answers.Minds("router"), currents[2]);
    }

    [Fact]
    public async Task WatchAsync_GrantNarrowed_StartsAnewFromNothing()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnWatch = async (call, _, stream, _) =>
        {
            await stream.WriteAsync(call == 1 ? Answers.Frame("1", Answers.Mood(0.5)) : Answers.Frame("2", Answers.Minds("billing")));
            await stream.WriteAsync(Answers.Ended(call == 1 ? WatchEndReason.GrantNarrowed : WatchEndReason.GrantExpired));
        };

        var events = await WatchAsync(server);

        Assert.Equal(Answers.Minds("billing"), events.OfType<WatchEvent.Changed>().Last().Current);
        Assert.Equal(["", ""], Tokens(server));
    }

    [Theory]
    [InlineData(WatchEndReason.SlowReader)]
    [InlineData(WatchEndReason.ServerStopping)]
    [InlineData(WatchEndReason.TimeLimit)]
    [InlineData((WatchEndReason)99)]
    public async Task WatchAsync_EndedForAWhile_Resumed(WatchEndReason reason)
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnWatch = (call, _, stream, _) => stream.WriteAsync(Answers.Ended(call == 1 ? reason : WatchEndReason.GrantRevoked));

        var events = await WatchAsync(server);

        Assert.Equal(2, server.Script.Requests.Count);
        Assert.Null(Assert.IsType<WatchEvent.Interrupted>(events[0]).Cause);
        Assert.Equal(new WatchEvent.Ended(WatchEndReason.GrantRevoked), events[^1]);
    }

    [Fact]
    public async Task WatchAsync_TimeLimitOfAUsedUpGrant_Ends()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnWatch = (call, _, stream, _) => call == 1
            ? stream.WriteAsync(Answers.Ended(WatchEndReason.TimeLimit))
            : throw Answers.Refusal(StatusCode.PermissionDenied, "CONSENT_REQUIRED");

        var events = await WatchAsync(server);

        Assert.Equal(new WatchEvent.Ended(WatchEndReason.TimeLimit), events[^1]);
    }

    [Fact]
    public async Task WatchAsync_RefusedAtFirst_ThrowsAtOnce()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnWatch = (_, _, _, _) => throw Answers.Refusal(StatusCode.PermissionDenied, "CONSENT_REQUIRED");

        await Assert.ThrowsAsync<ConsentRequiredException>(() => WatchAsync(server));

        Assert.Single(server.Script.Requests);
    }

    [Fact]
    public async Task WatchAsync_RefusedWhenResuming_Throws()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnWatch = async (call, _, stream, _) =>
        {
            if (call == 1)
            {
                await stream.WriteAsync(Answers.Frame("1", Answers.Mood(0.1)));
            }

            throw Answers.Refusal(call == 1 ? StatusCode.Unavailable : StatusCode.PermissionDenied, call == 1 ? "" : "CONSENT_REQUIRED");
        };

        await Assert.ThrowsAsync<ConsentRequiredException>(() => WatchAsync(server));
    }

    [Fact]
    public async Task WatchAsync_NeverReached_FailsAfterTheLastTry()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnWatch = (_, _, _, _) => throw Answers.Refusal(StatusCode.Unavailable);

        await Assert.ThrowsAsync<ServerUnavailableException>(() => WatchAsync(server));

        Assert.Equal(new RetryOptions().MaxAttempts, server.Script.Requests.Count);
    }

    [Fact]
    public async Task WatchAsync_OpenOnce_KeepsTryingLongerThanACall()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnWatch = async (call, _, stream, _) =>
        {
            if (call is > 1 and < 12)
            {
                throw Answers.Refusal(StatusCode.Unavailable);
            }

            await stream.WriteAsync(call == 1 ? Answers.Frame("1", Answers.Mood(0.1)) : Answers.Ended(WatchEndReason.GrantExpired));
        };

        var events = await WatchAsync(server);

        Assert.Equal(new WatchEvent.Ended(WatchEndReason.GrantExpired), events[^1]);
        Assert.Equal(12, server.Script.Requests.Count);
    }

    [Fact]
    public async Task WatchAsync_Silence_CountsAsABreak()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnWatch = async (call, _, stream, context) =>
        {
            await stream.WriteAsync(call == 1 ? Answers.Frame("1", Answers.Mood(0.1)) : Answers.Ended(WatchEndReason.GrantExpired));
            if (call == 1)
            {
                await Answers.Never(context);
            }
        };

        var events = await WatchAsync(server, options => options with { WatchSilence = TimeSpan.FromMilliseconds(500) });

        Assert.IsType<ServerUnavailableException>(Assert.IsType<WatchEvent.Interrupted>(events[1]).Cause);
        Assert.Equal(["", "1"], Tokens(server));
    }

    [Fact]
    public async Task WatchAsync_Cancelled_ThrowsAndTheServerHears()
    {
        await using var server = await FakeServer.StartAsync();
        using var client = server.Client();
        using var stop = new CancellationTokenSource();
        var heard = HearEnd(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.Customer(Subject.Email("a@b.example")).WatchAsync("service.support", null, stop.Token))
            {
                await stop.CancelAsync();
            }
        });

        await heard;
    }

    [Fact]
    public async Task WatchAsync_LoopLeft_TheServerHears()
    {
        await using var server = await FakeServer.StartAsync();
        using var client = server.Client();
        var heard = HearEnd(server);

        await foreach (var _ in client.Customer(Subject.Email("a@b.example")).WatchAsync("service.support"))
        {
            break;
        }

        await heard;
        Assert.Single(server.Script.Requests);
    }

    /// <summary>Sends one frame, then holds the stream open; done when the client has let go of it.</summary>
    private static Task HearEnd(FakeServer server)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Script.OnWatch = async (_, _, stream, context) =>
        {
            await stream.WriteAsync(Answers.Frame("1", Answers.Mood(0.1)));
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var _ = context.CancellationToken.Register(end.SetResult);
            await end.Task;
            heard.SetResult();
        };
        return heard.Task;
    }

    private static async Task<List<WatchEvent>> WatchAsync(
        FakeServer server, Func<CustomerContextClientOptions, CustomerContextClientOptions>? change = null)
    {
        using var client = server.Client(change);
        var events = new List<WatchEvent>();
        await foreach (var happened in client.Customer(Subject.Email("a@b.example")).WatchAsync("service.support"))
        {
            events.Add(happened);
        }

        return events;
    }

    private static IEnumerable<string> Tokens(FakeServer server) =>
        server.Script.Received<WatchContextRequest>().Select(request => request.ResumeToken);
}
