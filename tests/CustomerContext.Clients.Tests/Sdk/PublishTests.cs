using CustomerContext.Client;
using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Clients.Tests.Sdk;

public sealed class PublishTests
{
    [Theory]
    [InlineData(500, 1)]
    [InlineData(501, 2)]
    [InlineData(1203, 3)]
    public async Task PublishAsync_ManySignals_InRequestsOfAtMost500AndResultsInOrder(int count, int requests)
    {
        await using var server = await FakeServer.StartAsync();
        using var client = server.Client();

        var results = await client.Signals.PublishAsync(Signals(count));

        Assert.Equal(Signals(count).Select(signal => signal.Id), results.Select(result => result.SignalId));
        Assert.Equal(requests, server.Script.Requests.Count);
        Assert.All(server.Script.Received<PublishSignalsRequest>(), request => Assert.InRange(request.Signals.Count, 1, 500));
    }

    [Fact]
    public async Task PublishAsync_LargeSignals_EachRequestBelowTheMessageLimit()
    {
        await using var server = await FakeServer.StartAsync();
        using var client = server.Client();
        var large = Signals(400);
        foreach (var signal in large)
        {
            signal.Conversation = new ConversationSignal { Text = new string('x', 20_000) };
        }

        await client.Signals.PublishAsync(large);

        Assert.Equal(400, server.Script.Received<PublishSignalsRequest>().Sum(request => request.Signals.Count));
        Assert.All(server.Script.Received<PublishSignalsRequest>(), request => Assert.InRange(request.CalculateSize(), 1, 4 * 1024 * 1024));
    }

    [Fact]
    public async Task PublishAllAsync_SlowServer_AsManyInFlightAsAllowed()
    {
        await using var server = await FakeServer.StartAsync();
        using var client = server.Client();
        var inFlight = 0;
        var most = 0;
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Script.OnPublish = async (_, request, _) =>
        {
            var now = Interlocked.Increment(ref inFlight);
            most = Math.Max(most, now);
            if (now == 3)
            {
                full.SetResult();
            }

            await full.Task;
            Interlocked.Decrement(ref inFlight);
            return Answers.Accept(request);
        };

        var results = await client.Signals.PublishAsync(Signals(3), new PublishOptions { BatchSize = 1, InFlight = 3 });

        Assert.Equal(3, results.Count);
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task PublishAsync_SomeNotTakenByTheStore_OnlyThoseSentAgain()
    {
        await using var server = await FakeServer.StartAsync();
        using var client = server.Client();
        server.Script.OnPublish = (call, request, _) =>
        {
            var answer = Answers.Accept(request);
            if (call == 1)
            {
                answer.Results[1] = Answers.Refused("s1", ErrorReason.StoreUnavailable);
                answer.Results[2] = Answers.Refused("s2", ErrorReason.TooLate);
            }

            return Task.FromResult(answer);
        };

        var results = await client.Signals.PublishAsync(Signals(4));

        Assert.Equal(["s1"], server.Script.Received<PublishSignalsRequest>().Last().Signals.Select(signal => signal.Id));
        Assert.Equal(
            [SignalOutcome.Accepted, SignalOutcome.Accepted, SignalOutcome.Refused, SignalOutcome.Accepted],
            results.Select(result => result.Outcome));
    }

    [Fact]
    public async Task PublishAsync_Unavailable_TheWholeRequestRepeated()
    {
        await using var server = await FakeServer.StartAsync();
        using var client = server.Client();
        server.Script.OnPublish = (call, request, _) => call == 1
            ? throw Answers.Refusal(StatusCode.Unavailable, "STORE_UNAVAILABLE")
            : Task.FromResult(Answers.Accept(request));

        var results = await client.Signals.PublishAsync(Signals(2));

        Assert.All(results, result => Assert.Equal(SignalOutcome.Accepted, result.Outcome));
        Assert.Equal([2, 2], server.Script.Received<PublishSignalsRequest>().Select(request => request.Signals.Count));
    }

    [Fact]
    public async Task PublishAllAsync_OneBatchRefused_FailsAndAbandonsTheOthers()
    {
        await using var server = await FakeServer.StartAsync();
        using var client = server.Client();
        var abandoned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Script.OnPublish = async (_, request, context) =>
        {
            if (request.Signals[0].Id == "s0")
            {
                await arrived.Task;
                throw Answers.Refusal(StatusCode.PermissionDenied, "CALLER_NOT_ALLOWED");
            }

            context.CancellationToken.Register(() => abandoned.TrySetResult());
            arrived.TrySetResult();
            await abandoned.Task;
            return Answers.Accept(request);
        };

        await Assert.ThrowsAsync<CallerNotAllowedException>(
            () => client.Signals.PublishAsync(Signals(2), new PublishOptions { BatchSize = 1, InFlight = 2 }));

        await abandoned.Task;
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(501, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 65)]
    public async Task PublishAsync_OptionsOutOfBounds_Refused(int batchSize, int inFlight)
    {
        using var client = new CustomerContextClient();

        await Assert.ThrowsAsync<ArgumentException>(
            () => client.Signals.PublishAsync([], new PublishOptions { BatchSize = batchSize, InFlight = inFlight }));
    }

    private static Signal[] Signals(int count) => [.. Enumerable.Range(0, count).Select(index => new Signal { Id = $"s{index}" })];
}
