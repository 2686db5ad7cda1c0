namespace CustomerContext.OrleansTestsTests;

public sealed class TurnTests
{
    [Fact]
    public async Task Queueing_SecondCall_WaitsForTheFirst()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grain<IQueueingGrain>();
        silo.Signals.Give("second");
        var first = grain.WaitFor("first");
        await silo.Signals.When("begin first");
        var second = grain.WaitFor("second");
        await CallsElsewhere(silo);
        silo.Signals.Give("first");
        await Task.WhenAll(first, second);
        Assert.Equal(["begin first", "end first", "begin second", "end second"], silo.Signals.Log);
    }

    [Fact]
    public async Task Reentrant_SecondCall_RunsWhileTheFirstWaits()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grain<IReentrantGrain>();
        silo.Signals.Give("second");
        var first = grain.WaitFor("first");
        await silo.Signals.When("begin first");
        await grain.WaitFor("second");
        Assert.False(first.IsCompleted);
        silo.Signals.Give("first");
        await first;
        Assert.Equal(["begin first", "begin second", "end second", "end first"], silo.Signals.Log);
    }

    [Fact]
    public async Task Reentrant_ManyCallers_NeverTwoThreadsAtOnce()
    {
        await using var silo = await TestSilo.Start();
        await CountTogether(silo.Grain<IReentrantGrain>());
    }

    [Fact]
    public async Task Queueing_ManyCallers_NeverTwoThreadsAtOnce()
    {
        await using var silo = await TestSilo.Start();
        await CountTogether(silo.Grain<IQueueingGrain>());
    }

    [Fact]
    public async Task Await_InAGrain_ComesBackToItsScheduler()
    {
        await using var silo = await TestSilo.Start();
        Assert.True(await silo.Grain<IReentrantGrain>().StaysOnItsScheduler());
        Assert.True(await silo.Grain<IQueueingGrain>().StaysOnItsScheduler());
    }

    private static async Task CountTogether(IWork grain)
    {
        const int Callers = 8;
        const int Calls = 250;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var call = 0; call < Calls; call++)
            {
                await grain.CountUp();
            }
        })));
        Assert.Equal(2 * Callers * Calls, await grain.Counted());
    }

    /// <summary>Gives a call that must not run ample time to run.</summary>
    private static async Task CallsElsewhere(TestSilo silo)
    {
        for (var call = 0; call < 50; call++)
        {
            await silo.Grain<IQueueingGrain>("elsewhere").Add(call, 1);
        }
    }
}
