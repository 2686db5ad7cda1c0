using Orleans.Configuration;
using Orleans.Hosting;

namespace CustomerContext.OrleansTestsTests;

public sealed class CallTests
{
    [Fact]
    public async Task Call_EveryKindOfResult_Arrives()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grain<IQueueingGrain>("a key");
        Assert.Equal(5, await grain.Add(2, 3));
        Assert.Equal("a key", await grain.Key());
        await grain.DoNothing();
        Assert.Equal(["nothing"], silo.Signals.Log);
    }

    [Fact]
    public async Task Call_FromGrainToGrain_Arrives()
    {
        await using var silo = await TestSilo.Start();
        await silo.Grain<IQueueingGrain>("first").CallBack("second");
        Assert.Equal(["nothing"], silo.Signals.Log);
    }

    [Fact]
    public async Task Call_GrainThrows_CallerSeesIt()
    {
        await using var silo = await TestSilo.Start();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => silo.Grain<IQueueingGrain>().Fail("no luck"));
        Assert.Equal("no luck", error.Message);
    }

    [Fact]
    public async Task Call_TokenCancelledBefore_NeverRuns()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grain<IQueueingGrain>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await grain.WaitForCancellation(new CancellationToken(true)));
        await grain.DoNothing();
        Assert.Equal(["nothing"], silo.Signals.Log);
    }

    [Fact]
    public async Task Call_TokenCancelled_CallerStopsWaitingAndGrainHearsOfItInItsTurn()
    {
        await using var silo = await TestSilo.Start();
        using var cancellation = new CancellationTokenSource();
        var call = silo.Grain<IQueueingGrain>().WaitForCancellation(cancellation.Token);
        await silo.Signals.When("waiting");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await silo.Signals.When("cancelled");
    }

    [Fact]
    public async Task Call_TooSlow_TimesOutAndWhatWaitedBehindItNeverRuns()
    {
        await using var silo = await TestSilo.Start(builder =>
            builder.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(2)));
        var grain = silo.Grain<IQueueingGrain>();
        var slow = grain.WaitFor("go");
        await silo.Signals.When("begin go");
        var behind = grain.DoNothing().AsTask();
        await Assert.ThrowsAsync<TimeoutException>(() => slow);
        await Assert.ThrowsAsync<TimeoutException>(() => behind);
        silo.Signals.Give("go");
        await silo.Signals.When("end go");
        Assert.Equal(3, await grain.Add(1, 2));
        Assert.DoesNotContain("nothing", silo.Signals.Log);
    }

    [Fact]
    public async Task Call_CallerHasAmbientData_GrainDoesNotSeeIt()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grain<IReentrantGrain>();
        WorkGrain.Ambient.Value = "of the first caller";
        Assert.Null(await grain.SeenAmbient());
        Assert.Null(await grain.SeenAmbient());
    }

    [Fact]
    public async Task GetGrain_TwoClassesOrNone_IsRefused()
    {
        await using var silo = await TestSilo.Start();
        Assert.ThrowsAny<ArgumentException>(() => silo.Grain<IWork>());
        Assert.ThrowsAny<ArgumentException>(() => silo.Grain<INobodyGrain>());
    }

    [Fact]
    public async Task References_ToOneGrain_AreEqual()
    {
        await using var silo = await TestSilo.Start();
        Assert.Equal(silo.Grain<IQueueingGrain>("a"), silo.Grain<IQueueingGrain>("a"));
        Assert.NotEqual(silo.Grain<IQueueingGrain>("a"), silo.Grain<IQueueingGrain>("b"));
    }

    internal interface INobodyGrain : global::Orleans.IGrainWithStringKey;
}
