using System.Collections.Concurrent;
using CustomerContext.Client;
using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Clients.Tests.Sdk;

/// <summary>A client that knows the addresses of several servers.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private const string Purpose = "service.support";

    private readonly List<FakeServer> _servers = [];

    public async Task InitializeAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            _servers.Add(await FakeServer.StartAsync());
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task GetContextAsync_OneCustomer_AlwaysTheSameServerWhateverTheOrderOfAddresses()
    {
        using var client = Client(_servers.Select(server => server.Address));
        using var another = Client(_servers.Select(server => server.Address).Reverse());

        for (var i = 0; i < 10; i++)
        {
            await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);
            await another.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);
        }

        Assert.Equal(20, Assert.Single(_servers, server => !server.Script.Requests.IsEmpty).Script.Requests.Count);
    }

    [Fact]
    public async Task GetContextAsync_ManyCustomers_EachServerHasItsShare()
    {
        using var client = Client();

        for (var i = 0; i < 300; i++)
        {
            await client.Customer(Subject.Email($"customer{i}@b.example")).GetContextAsync(Purpose);
        }

        Assert.All(_servers, server => Assert.InRange(server.Script.Requests.Count, 60, 140));
    }

    [Fact]
    public async Task GetConsentAsync_NobodyNamed_EachInTurn()
    {
        _servers.ForEach(server => server.Script.OnOther = (_, _) => new ListGrantsResponse());
        using var client = Client();

        for (var i = 0; i < 9; i++)
        {
            await client.Me.GetConsentAsync();
        }

        Assert.All(_servers, server => Assert.Equal(3, server.Script.Requests.Count));
    }

    [Fact]
    public async Task GetContextAsync_ItsServerIsGone_AnotherOneAtTheNextTry()
    {
        using var client = Client();
        await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);
        var own = _servers.Single(server => !server.Script.Requests.IsEmpty);
        await own.DisposeAsync();

        for (var i = 0; i < 5; i++)
        {
            await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);
        }

        Assert.Equal(5, _servers.Where(server => server != own).Sum(server => server.Script.Requests.Count));
        _servers.Remove(own);
    }

    [Fact]
    public async Task GetContextAsync_ItsServerHalts_AnotherOneAfterHalfOfTheTimeAndAtOnceFromThenOn()
    {
        using var client = Client(change: options => options with { ReadDeadline = TimeSpan.FromSeconds(2) });
        var own = await OwnOf(client);
        own.Script.OnGet = async (_, _, context) =>
        {
            await Answers.Never(context);
            return new GetContextResponse();
        };

        var begun = TimeProvider.System.GetTimestamp();
        await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(2));
        for (var i = 0; i < 5; i++)
        {
            await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);
        }

        Assert.Equal(2, own.Script.Requests.Count);
    }

    [Fact]
    public async Task GetContextAsync_TwoServersHalt_TheSecondTryHasAllThatIsLeft()
    {
        var begun = TimeProvider.System.GetUtcNow();
        var ends = new ConcurrentQueue<TimeSpan>();
        _servers.ForEach(server => server.Script.OnGet = async (_, _, context) =>
        {
            ends.Enqueue(context.Deadline - begun.UtcDateTime);
            await Answers.Never(context);
            return new GetContextResponse();
        });
        using var client = Client(change: options => options with { ReadDeadline = TimeSpan.FromSeconds(2) });

        await Assert.ThrowsAsync<ServerUnavailableException>(() => client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose));

        Assert.Equal(2, ends.Count);
        Assert.InRange(ends.First(), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(1.7));
        Assert.True(ends.Last() > TimeSpan.FromSeconds(1.8), $"The second try ended after {ends.Last()}.");
    }

    [Fact]
    public async Task GetContextAsync_AllHalt_RepeatsEndWithTheBudget()
    {
        _servers.ForEach(server => server.Script.OnGet = async (_, _, context) =>
        {
            await Answers.Never(context);
            return new GetContextResponse();
        });
        using var client = Client(change: options => options with { ReadDeadline = TimeSpan.FromSeconds(1), Retry = options.Retry with { Budget = 2 } });

        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<ServerUnavailableException>(() => client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose));
        }

        Assert.Equal(4, _servers.Sum(server => server.Script.Requests.Count));
    }

    [Fact]
    public async Task GetContextAsync_ItsServerCannotAnswerNow_AnotherOneForThisCallAndItsOwnForTheNext()
    {
        using var client = Client();
        var own = await OwnOf(client);
        own.Script.OnGet = (call, _, _) => call == 2 ? throw Answers.Refusal(StatusCode.Unavailable, "STORE_UNAVAILABLE") : Task.FromResult(new GetContextResponse());

        await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);
        await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);

        Assert.Equal(3, own.Script.Requests.Count);
        Assert.Single(_servers.Where(server => server != own).SelectMany(server => server.Script.Requests));
    }

    [Fact]
    public async Task GetContextAsync_ItsServerNeverCanAnswer_LeftAloneAndNoLookFails()
    {
        using var client = Client();
        var own = await OwnOf(client);
        own.Script.OnGet = (_, _, _) => throw Answers.Refusal(StatusCode.Unavailable, "STORE_UNAVAILABLE");

        for (var i = 0; i < 500; i++)
        {
            await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);
        }

        Assert.InRange(own.Script.Requests.Count, 4, 30);
    }

    [Fact]
    public async Task GetContextAsync_ItsServerCannotAnswerTwiceInARowOnly_NotLeftAlone()
    {
        using var client = Client();
        var own = await OwnOf(client);
        own.Script.OnGet = (call, _, _) => call % 3 == 0 ? Task.FromResult(new GetContextResponse()) : throw Answers.Refusal(StatusCode.Unavailable, "STORE_UNAVAILABLE");

        for (var i = 0; i < 9; i++)
        {
            await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);
        }

        Assert.Equal(10, own.Script.Requests.Count);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task GetConsentAsync_RefusedOnceAtEach_EachRepeatAtAnotherServer(int count)
    {
        var servers = _servers.Take(count).ToArray();
        foreach (var server in servers)
        {
            server.Script.OnOther = (call, _) => call == 1 ? throw Answers.Refusal(StatusCode.Unavailable, "STORE_UNAVAILABLE") : new ListGrantsResponse();
        }

        using var client = Client(servers.Select(server => server.Address));

        await client.Me.GetConsentAsync();

        Assert.Equal([.. Enumerable.Repeat(1, count - 1), 2], servers.Select(server => server.Script.Requests.Count).Order());
    }

    [Fact]
    public async Task GetContextAsync_ItsServerRestsAndTheNextRefuses_TheThird()
    {
        using var client = Client();
        var own = await OwnOf(client);
        await own.DisposeAsync();
        _servers.Remove(own);
        _servers.ForEach(server => server.Script.OnGet = (call, _, _) =>
            call == 2 ? throw Answers.Refusal(StatusCode.Unavailable, "STORE_UNAVAILABLE") : Task.FromResult(new GetContextResponse()));
        var before = _servers.Sum(server => server.Script.Requests.Count);

        await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);
        await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);

        Assert.Equal([before + 1, before + 2], _servers.Select(server => server.Script.Requests.Count).Order());
    }

    [Fact]
    public async Task GetContextAsync_TokenIsSlow_TheFirstTryHasHalfOfWhatIsLeft()
    {
        var clock = new AheadClock();
        var begun = TimeProvider.System.GetUtcNow();
        var left = TimeSpan.Zero;
        _servers.ForEach(server => server.Script.OnGet = (_, _, context) =>
        {
            left = context.Deadline - begun.UtcDateTime;
            return Task.FromResult(new GetContextResponse());
        });
        using var client = Client(change: options => options with
        {
            Time = clock,
            TokenProvider = _ =>
            {
                clock.Ahead = TimeSpan.FromSeconds(10); // so long takes whoever issues it
                return ValueTask.FromResult("token");
            },
        });

        await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);

        Assert.InRange(left, TimeSpan.FromSeconds(14), TimeSpan.FromSeconds(19)); // until second 15, halfway from 10 to 20
    }

    [Fact]
    public async Task GetContextAsync_HardlyAnyTime_ItsServerIsNotLeftAlone()
    {
        using var client = Client(change: options => options with { Time = new SlowClock(), Retry = options.Retry with { MaxAttempts = 1 } });
        var own = await OwnOf(client);
        own.Script.OnGet = async (_, request, context) =>
        {
            if (request.Purpose == Purpose)
            {
                await Answers.Never(context);
            }

            return new GetContextResponse();
        };

        await Assert.ThrowsAsync<ServerUnavailableException>(() =>
            client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose, new LookupOptions { Deadline = TimeSpan.FromMilliseconds(4) }));
        await client.Customer(Subject.Email("a@b.example")).GetContextAsync("service.other");

        Assert.Contains(own.Script.Received<GetContextRequest>(), request => request.Purpose == "service.other");
    }

    [Fact]
    public async Task GetContextAsync_OneCallIsSlowAndOthersAreAnswered_ItsServerIsNotLeftAlone()
    {
        using var client = Client(change: options => options with { ReadDeadline = TimeSpan.FromSeconds(2) });
        var own = await OwnOf(client);
        var isSlow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        own.Script.OnGet = async (call, _, context) =>
        {
            if (call == 2)
            {
                isSlow.SetResult();
                await Answers.Never(context);
            }

            return new GetContextResponse();
        };

        var slow = client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);
        await isSlow.Task;
        await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);
        await slow;
        await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);

        Assert.Equal(4, own.Script.Requests.Count);
    }

    [Fact]
    public async Task WatchAsync_ItsServerBreaks_ResumedAtAnotherWithTheToken()
    {
        foreach (var server in _servers)
        {
            server.Script.OnWatch = async (_, request, stream, _) =>
            {
                if (request.ResumeToken.Length == 0)
                {
                    await stream.WriteAsync(Answers.Frame("1", Answers.Mood(0.1)));
                    throw Answers.Refusal(StatusCode.Unavailable, "SERVER_UNAVAILABLE");
                }

                await stream.WriteAsync(Answers.Ended(WatchEndReason.GrantRevoked));
            };
        }

        using var client = Client();
        var events = new List<WatchEvent>();
        await foreach (var one in client.Customer(Subject.Email("a@b.example")).WatchAsync(Purpose))
        {
            events.Add(one);
        }

        Assert.Equal(new WatchEvent.Ended(WatchEndReason.GrantRevoked), events[^1]);
        Assert.Equal(2, _servers.Count(server => server.Script.Requests.Count == 1));
    }

    [Fact]
    public async Task WatchAsync_ItsServerHaltsAndNothingElseIsAsked_LeftAloneWhenThePingHasNoAnswer()
    {
        ServeOneFrameAndEndWhatIsResumed();
        await using var ways = new HaltingWays(_servers.Select(server => server.Address));
        using var client = Client(ways.Addresses, options => options with
        {
            ReadDeadline = TimeSpan.FromSeconds(3),
            Retry = options.Retry with { MaxAttempts = 1 },
            HttpHandler = new SocketsHttpHandler
            {
                KeepAlivePingDelay = TimeSpan.FromSeconds(1),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(1),
                KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            },
        });
        using var tooLong = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var events = new List<WatchEvent>();
        await foreach (var one in client.Customer(Subject.Email("a@b.example")).WatchAsync(Purpose).WithCancellation(tooLong.Token))
        {
            events.Add(one);
            if (one is WatchEvent.Changed)
            {
                ways.HaltThoseInUse();
            }
        }

        Assert.Single(events.OfType<WatchEvent.Interrupted>());
        Assert.Equal(new WatchEvent.Ended(WatchEndReason.GrantRevoked), events[^1]);
        await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose); // at another, too: there is one try only
    }

    [Fact]
    public async Task WatchAsync_SilenceForTooLong_ResumedAtAnother()
    {
        ServeOneFrameAndEndWhatIsResumed();
        using var client = Client(change: options => options with { WatchSilence = TimeSpan.FromSeconds(1) });
        await foreach (var one in client.Customer(Subject.Email("a@b.example")).WatchAsync(Purpose))
        {
            Assert.NotNull(one);
        }

        Assert.Equal(2, _servers.Count(server => server.Script.Requests.Count == 1));
    }

    [Fact]
    public void Options_AddressesThatAreNone_OrTwiceTheSame_AreRefused()
    {
        Assert.Contains("Addresses", Assert.Throws<ArgumentException>(() => Client([new Uri("ftp://example.org")])).Message, StringComparison.Ordinal);
        Assert.Contains("Addresses", Assert.Throws<ArgumentException>(() => Client([_servers[0].Address, _servers[0].Address])).Message, StringComparison.Ordinal);
    }

    /// <summary>A watch gets one frame and then nothing more; one that is resumed ends at once.</summary>
    private void ServeOneFrameAndEndWhatIsResumed()
    {
        foreach (var server in _servers)
        {
            server.Script.OnWatch = async (_, request, stream, context) =>
            {
                if (request.ResumeToken.Length > 0)
                {
                    await stream.WriteAsync(Answers.Ended(WatchEndReason.GrantRevoked));
                    return;
                }

                await stream.WriteAsync(Answers.Frame("1", Answers.Mood(0.1)));
                await Answers.Never(context);
            };
        }
    }

    /// <summary>The server of the customer a@b.example, which has answered once.</summary>
    private async Task<FakeServer> OwnOf(CustomerContextClient client)
    {
        await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);
        return _servers.Single(server => !server.Script.Requests.IsEmpty);
    }

    private CustomerContextClient Client(IEnumerable<Uri>? addresses = null, Func<CustomerContextClientOptions, CustomerContextClientOptions>? change = null) =>
        _servers[0].Client(options => (change?.Invoke(options) ?? options) with { Addresses = [.. addresses ?? _servers.Select(server => server.Address)] });

    /// <summary>A clock that is ahead.</summary>
    private sealed class AheadClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }

    /// <summary>A clock by which everything takes an instant, however busy the machine is.</summary>
    private sealed class SlowClock : TimeProvider
    {
        private long _timestamp;

        public override long GetTimestamp() => Interlocked.Increment(ref _timestamp);
    }
}
