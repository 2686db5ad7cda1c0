using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace CustomerContext.Standins.Tests.OrleansTests;

public sealed class TimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTime _time = new();

    [Fact]
    public async Task Timer_Due_TicksInAPeriodUntilStopped()
    {
        await using var silo = await Start();
        var grain = silo.Grain<ITimerGrain>();
        await grain.Start(2 * Second, Second, interleave: false);
        _time.Advance(2 * Second);
        await silo.Signals.When("tick 1");
        await _time.TimerDueAt(_time.GetUtcNow() + Second);
        _time.Advance(Second);
        await silo.Signals.When("tick 2");
        await grain.Stop();
        _time.Advance(10 * Second);
        await grain.Stop();
        Assert.Equal(["tick 1", "tick 2"], silo.Signals.Log);
    }

    [Fact]
    public async Task Timer_DueDuringACall_WaitsForItsEnd()
    {
        await using var silo = await Start();
        var grain = silo.Grain<ITimerGrain>();
        await grain.Start(Second, Timeout.InfiniteTimeSpan, interleave: false);
        var call = grain.WaitFor("go");
        await silo.Signals.When("begin go");
        _time.Advance(Second);
        silo.Signals.Give("go");
        await call;
        await silo.Signals.When("tick 1");
        Assert.Equal(["begin go", "end go", "tick 1"], silo.Signals.Log);
    }

    [Fact]
    public async Task Timer_InterleavingAndDueDuringACall_TicksMeanwhile()
    {
        await using var silo = await Start();
        var grain = silo.Grain<ITimerGrain>();
        await grain.Start(Second, Timeout.InfiniteTimeSpan, interleave: true);
        var call = grain.WaitFor("go");
        await silo.Signals.When("begin go");
        _time.Advance(Second);
        await silo.Signals.When("tick 1");
        silo.Signals.Give("go");
        await call;
        Assert.Equal(["begin go", "tick 1", "end go"], silo.Signals.Log);
    }

    private Task<TestSilo> Start() =>
        TestSilo.Start(builder => builder.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, _time));
}
