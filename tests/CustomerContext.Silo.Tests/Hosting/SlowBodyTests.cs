using CustomerContext.Domain;
using CustomerContext.Silo.Tests.Consents;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>A message that does not arrive is not waited for, whoever sends it.</summary>
public class SlowBodyTests
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(10);

    [Fact]
    public Task GetContext_MessageThatNeverEnds_EndedAfterTheTimeOfSmallOnes() => EndedAfter(Limits.Doors.SmallBody, "/customercontext.v1.ContextService/GetContext");

    [Fact]
    public Task PublishSignals_MessageThatNeverEnds_EndedAfterTheTimeOfSignals() => EndedAfter(Limits.Doors.SignalsBody, "/customercontext.v1.SignalService/PublishSignals");

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
