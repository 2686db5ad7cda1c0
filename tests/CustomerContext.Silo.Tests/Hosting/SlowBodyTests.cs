using CustomerContext.Domain;
using CustomerContext.Silo.Tests.Consents;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>A message that does not arrive is not waited for, whoever sends it.</summary>
public class SlowBodyTests
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(10);

    [Fact]
    public Task GetContext_MessageThatNeverEnds_EndedAfterTheTimeOfSmallOnes() => EndedAfter(Limits.Doors.SmallBody, "/customercontext.v1.ContextService/GetContext");

    [Fact]
    public Task PublishSignals_MessageThatNeverEnds_EndedAfterTheTimeOfSignals() => EndedAfter(Limits.Doors.SignalsBody, "/customercontext.v1.SignalService/PublishSignals");

    [Fact]
    public Task StreamSignals_MessageThatNeverEnds_EndedAfterTheTimeOfSignals() => EndedAfter(Limits.Doors.SignalsBody, "/customercontext.v1.SignalService/StreamSignals");

    /// <summary>A stream may be silent: only a message of which something is there has to end.</summary>
    [Fact]
    public async Task StreamSignals_SilentBetweenMessages_StaysOpen()
    {
        await using var silo = await SiloOnFakeTime.Start();
        using var stream = silo.Signals.StreamSignals(silo.AsAgent);
        await stream.RequestStream.WriteAsync(new StreamSignalsRequest { Sequence = 1, Signals = { new Signal() } });
        Assert.True(await stream.ResponseStream.MoveNext().WaitAsync(_soon));

        silo.Time.Advance(2 * Limits.Doors.SignalsBody);

        await stream.RequestStream.WriteAsync(new StreamSignalsRequest { Sequence = 2, Signals = { new Signal() } });
        Assert.True(await stream.ResponseStream.MoveNext().WaitAsync(_soon));
        Assert.Equal(2, stream.ResponseStream.Current.Sequence);
    }

    private static async Task EndedAfter(TimeSpan most, string method)
    {
        await using var silo = await SiloOnFakeTime.Start();
        using var over = new CancellationTokenSource();
        using var http = new HttpClient();
        var isDue = silo.Time.TimerDueAt(silo.Time.GetUtcNow() + most);
        var call = RawCall.Send(http, silo.Grpc, method, new EndlessMessage(1_000, 10, over.Token), silo.AgentToken, over.Token);
        await isDue;
        Assert.False(call.IsCompleted);

        silo.Time.Advance(most);

        await Assert.ThrowsAsync<HttpRequestException>(() => call.WaitAsync(_soon));
        await over.CancelAsync();
    }
}
