using System.Diagnostics;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>A watch whose reader takes nothing: it is ended, and it cannot hold up a revoke for longer than a frame has time.</summary>
public sealed class SlowReaderTests : IDisposable
{
    private const string Email = "slow@example.org";

    // More than the windows of HTTP/2 and the buffers under them hold, at over a kilobyte a frame.
    private const int Frames = 3_000;

    private static readonly TimeSpan _frameTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _slack = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    private readonly TempFolder _data = new();

    [Fact]
    public async Task Watch_ReaderTakesNothing_IsEndedAndRecorded()
    {
        await using var silo = await SiloProcess.Start(_data.Path);
        using var client = new SiloClient(silo);
        await client.MakeCustomer(Email, "acme");
        using var slow = await OpenAndStopReading(client);

        await PublishUntilClosed(client);

        var unread = await ReadOn(slow);
        Assert.True(unread is StatusCode.OK or StatusCode.Cancelled or StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Internal, $"{unread}");
    }

    [Fact]
    public async Task Revoke_ReaderTakesNothing_IsNotHeldUpPastTheFramesTime()
    {
        await using var silo = await SiloProcess.Start(_data.Path);
        using var client = new SiloClient(silo);
        var grant = (await client.MakeCustomer(Email, "acme"))[0];
        using var slow = await OpenAndStopReading(client);
        await Publish(client, 150);

        var started = Stopwatch.GetTimestamp();
        await client.Consents.RevokeGrantAsync(Requests.Revoke(grant), client.AsCustomer(Email));
        var took = Stopwatch.GetElapsedTime(started);

        Assert.True(took < _frameTime + _slack, $"The revoke took {took}.");
    }

    public void Dispose() => _data.Dispose();

    private static async Task<AsyncServerStreamingCall<WatchContextResponse>> OpenAndStopReading(SiloClient client)
    {
        var watch = client.Contexts.WatchContext(Requests.Watch(Email), client.AsAgentForLong());
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(_longest));
        return watch;
    }

    private static async Task PublishUntilClosed(SiloClient client)
    {
        using var deadline = new CancellationTokenSource(_longest);
        for (var turn = 0; turn < Frames; turn += 10)
        {
            await Publish(client, 10, turn);
            var log = await client.ReadLog(Email);
            if (log.Records.Any(record => record.Kind == DisclosureKind.WatchClosed))
            {
                return;
            }

            deadline.Token.ThrowIfCancellationRequested();
        }

        Assert.Fail("The watch was never ended.");
    }

    /// <summary>One signal after the other, so that each makes a frame.</summary>
    private static async Task Publish(SiloClient client, int count, int first = 0)
    {
        for (var turn = first; turn < first + count; turn++)
        {
            await client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(Email, $"c{turn % 5}", turn)), client.AsAgent());
        }
    }

    private static async Task<StatusCode> ReadOn(AsyncServerStreamingCall<WatchContextResponse> watch)
    {
        try
        {
            while (await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(_longest))
            {
                // What was buffered.
            }

            return StatusCode.OK;
        }
        catch (RpcException error)
        {
            return error.StatusCode;
        }
    }
}
