using CustomerContext.Client;
using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Clients.Tests.Sdk;

public sealed class CallTests
{
    private const string Purpose = "service.support";

    [Fact]
    public async Task GetContextAsync_UnavailableTwice_AnsweredAtTheThirdTry()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnGet = (call, _, _) => call < 3
            ? throw Answers.Refusal(StatusCode.Unavailable, "STORE_UNAVAILABLE")
            : Task.FromResult(new GetContextResponse { CustomerId = "c" });
        using var client = server.Client();

        var answer = await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);

        Assert.Equal("c", answer.CustomerId);
        Assert.Equal(3, server.Script.Requests.Count);
    }

    [Fact]
    public async Task GetContextAsync_AlwaysUnavailable_FailsAfterTheLastTry()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnGet = (_, _, _) => throw Answers.Refusal(StatusCode.Unavailable, "STORE_UNAVAILABLE", retryDelay: TimeSpan.FromMilliseconds(3));
        using var client = server.Client();

        var error = await Assert.ThrowsAsync<ServerUnavailableException>(() => client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose));

        Assert.Equal(ErrorReason.StoreUnavailable, error.Reason);
        Assert.Equal(TimeSpan.FromMilliseconds(3), error.RetryDelay);
        Assert.IsType<RpcException>(error.InnerException);
        Assert.Equal(new RetryOptions().MaxAttempts, server.Script.Requests.Count);
    }

    [Theory]
    [InlineData(StatusCode.PermissionDenied)]
    [InlineData(StatusCode.InvalidArgument)]
    [InlineData(StatusCode.Unauthenticated)]
    [InlineData(StatusCode.FailedPrecondition)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.DeadlineExceeded)]
    [InlineData(StatusCode.ResourceExhausted)]
    [InlineData(StatusCode.Unimplemented)]
    public async Task GetContextAsync_RefusedOtherwise_NotRepeated(StatusCode code)
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnGet = (_, _, _) => throw Answers.Refusal(code);
        using var client = server.Client();

        var error = await Assert.ThrowsAnyAsync<CustomerContextException>(() => client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose));

        Assert.Equal(code, error.Code);
        Assert.Single(server.Script.Requests);
    }

    [Theory]
    [InlineData("RATE_LIMITED")]
    [InlineData("OVERLOADED")]
    public async Task GetContextAsync_PutOffForAMoment_Repeated(string reason)
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnGet = (call, _, _) => call == 1
            ? throw Answers.Refusal(StatusCode.ResourceExhausted, reason, retryDelay: TimeSpan.FromMilliseconds(1))
            : Task.FromResult(new GetContextResponse());
        using var client = server.Client();

        await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);

        Assert.Equal(2, server.Script.Requests.Count);
    }

    [Fact]
    public async Task GetContextAsync_PutOffBeyondTheDeadline_FailsAtOnceWithTheDelay()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnGet = (_, _, _) => throw Answers.Refusal(StatusCode.ResourceExhausted, "RATE_LIMITED", retryDelay: TimeSpan.FromHours(1));
        using var client = server.Client();

        var error = await Assert.ThrowsAsync<RateLimitedException>(() => client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose));

        Assert.Equal(TimeSpan.FromHours(1), error.RetryDelay);
        Assert.Single(server.Script.Requests);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, "STORE_UNAVAILABLE")]
    [InlineData(StatusCode.ResourceExhausted, "OVERLOADED")]
    public async Task GetContextAsync_BudgetSpent_NotRepeated(StatusCode code, string reason)
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnGet = (_, _, _) => throw Answers.Refusal(code, reason, retryDelay: TimeSpan.FromMilliseconds(1));
        using var client = server.Client(options => options with { Retry = options.Retry with { Budget = 1 } });

        await Assert.ThrowsAnyAsync<CustomerContextException>(() => client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose));

        Assert.Single(server.Script.Requests);
    }

    /// <summary>Signals are put off first: looks are repeated all the same.</summary>
    [Fact]
    public async Task GetContextAsync_BudgetOfSignalsSpent_Repeated()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnPublish = (_, _, _) => throw Answers.Refusal(StatusCode.ResourceExhausted, "OVERLOADED", retryDelay: TimeSpan.FromMilliseconds(1));
        using var client = server.Client(options => options with { Retry = options.Retry with { Budget = 3 } });
        await Assert.ThrowsAsync<RateLimitedException>(() => client.Signals.PublishAsync([new Signal { Id = "s" }]));
        var published = server.Script.Requests.Count;
        server.Script.OnGet = (call, _, _) => call == published + 1
            ? throw Answers.Refusal(StatusCode.Unavailable, "STORE_UNAVAILABLE")
            : Task.FromResult(new GetContextResponse());

        await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);

        Assert.Equal(published + 2, server.Script.Requests.Count);
    }

    [Fact]
    public async Task GetContextAsync_NoAnswer_EndsAtTheDeadlineThatTheServerWasTold()
    {
        await using var server = await FakeServer.StartAsync();
        var told = new TaskCompletionSource<DateTime>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Script.OnGet = async (_, _, context) =>
        {
            told.SetResult(context.Deadline);
            await Answers.Never(context);
            return new GetContextResponse();
        };
        using var client = server.Client();
        var options = new LookupOptions { Deadline = TimeSpan.FromMilliseconds(500) };

        var error = await Assert.ThrowsAsync<ServerUnavailableException>(() => client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose, options));

        Assert.Equal(StatusCode.DeadlineExceeded, error.Code);
        Assert.True(await told.Task < TimeProvider.System.GetUtcNow().UtcDateTime + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task GetContextAsync_Cancelled_ThrowsOperationCanceledAndTheServerHears()
    {
        await using var server = await FakeServer.StartAsync();
        using var stop = new CancellationTokenSource();
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Script.OnGet = async (_, _, context) =>
        {
            context.CancellationToken.Register(heard.SetResult);
            await stop.CancelAsync();
            await heard.Task;
            return new GetContextResponse();
        };
        using var client = server.Client();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose, null, stop.Token));

        await heard.Task;
    }

    [Fact]
    public async Task GetContextAsync_EveryTry_AsksForTheToken()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnGet = (call, _, _) => call == 1 ? throw Answers.Refusal(StatusCode.Unavailable) : Task.FromResult(new GetContextResponse());
        var asked = 0;
        using var client = server.Client(options => options with { TokenProvider = _ => ValueTask.FromResult($"t{++asked}") });

        await client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose);

        Assert.Equal(["Bearer t1", "Bearer t2"], server.Script.Tokens);
    }

    [Fact]
    public async Task GetContextAsync_TokenProviderFails_ItsExceptionReachesTheCaller()
    {
        await using var server = await FakeServer.StartAsync();
        using var client = server.Client(options => options with { TokenProvider = _ => throw new IOException("no key") });

        await Assert.ThrowsAsync<IOException>(() => client.Customer(Subject.Email("a@b.example")).GetContextAsync(Purpose));

        Assert.Empty(server.Script.Requests);
    }

    [Fact]
    public async Task CreateGrantAsync_Unavailable_RepeatedWithTheSameRequestId()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (call, _) => call == 1 ? throw Answers.Refusal(StatusCode.Unavailable) : new CreateGrantResponse();
        using var client = server.Client();

        await client.Me.CreateGrantAsync("acme", new GrantTerms());
        await client.Me.CreateGrantAsync("acme", new GrantTerms());

        string[] ids = [.. server.Script.Received<CreateGrantRequest>().Select(request => request.RequestId)];
        Assert.Equal(3, ids.Length);
        Assert.Equal(36, ids[0].Length);
        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(ids[0], ids[2]);
    }

    [Fact]
    public async Task GetConsentAsync_SeveralPages_JoinedInOrder()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnOther = (call, _) => new ListGrantsResponse
        {
            Grants = { new Grant { GrantId = $"g{call}" } },
            NextPageToken = call < 3 ? $"p{call}" : "",
        };
        using var client = server.Client();

        var consent = await client.Me.GetConsentAsync(includeEnded: true);

        Assert.Equal(["g1", "g2", "g3"], consent.Grants.Select(grant => grant.GrantId));
        Assert.Equal(["", "p1", "p2"], server.Script.Received<ListGrantsRequest>().Select(request => request.PageToken));
    }

    [Fact]
    public async Task Raw_Unavailable_NotRepeated()
    {
        await using var server = await FakeServer.StartAsync();
        server.Script.OnGet = (_, _, _) => throw Answers.Refusal(StatusCode.Unavailable);
        using var client = server.Client(options => options with { TokenProvider = _ => ValueTask.FromResult("t") });

        var options = await client.CreateCallOptionsAsync(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAsync<RpcException>(async () => await client.Raw.Contexts.GetContextAsync(new GetContextRequest(), options));

        Assert.Equal(["Bearer t"], server.Script.Tokens);
    }

    [Fact]
    public async Task With_OtherToken_SharesTheConnectionAndSendsThatToken()
    {
        await using var server = await FakeServer.StartAsync();
        using var client = server.Client();

        await client.With(client.Options with { TokenProvider = _ => ValueTask.FromResult("other") }).Me.GetContextAsync();

        Assert.Equal(["Bearer other"], server.Script.Tokens);
        Assert.Null(server.Script.Received<GetContextRequest>().Single().Subject);
    }

    [Fact]
    public void Constructor_SeveralMistakes_AllListed()
    {
        var options = new CustomerContextClientOptions
        {
            Address = new Uri("ftp://example.org"),
            ReadDeadline = TimeSpan.Zero,
            Retry = new RetryOptions { MaxAttempts = 0 },
        };

        var error = Assert.Throws<ArgumentException>(() => new CustomerContextClient(options));

        Assert.All(["Address", "ReadDeadline", "MaxAttempts"], name => Assert.Contains(name, error.Message));
    }
}
