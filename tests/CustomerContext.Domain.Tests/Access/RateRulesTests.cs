using CustomerContext.Domain.Access;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerContext.Domain.Tests.Access;

public sealed class RateRulesTests
{
    private const int PerSecond = 5;

    private static readonly int _most = (int)(PerSecond * Limits.Rates.Window.TotalSeconds);

    [Fact]
    public void Take_RestedMeter_ATenSecondsWorthAtOnceAndNotOneMore()
    {
        var meter = 0L;
        for (var i = 0; i < _most; i++)
        {
            var step = RateRules.Take(meter, PerSecond, 1, now: 1_000);
            Assert.True(step.IsTaken);
            meter = step.Paced;
        }

        Assert.False(RateRules.Take(meter, PerSecond, 1, now: 1_000).IsTaken);
    }

    [Fact]
    public void Take_AfterTheStatedWait_ThereIsRoomAndNotATickSooner()
    {
        var meter = RateRules.Take(0, PerSecond, _most, now: 0).Paced;
        var wait = RateRules.Take(meter, PerSecond, 1, now: 0).Wait;

        Assert.Equal(1, wait.Ticks);
        meter = RateRules.Take(meter, PerSecond, 1, now: wait.Ticks).Paced;
        wait = RateRules.Take(meter, PerSecond, 1, now: 1).Wait;
        Assert.False(RateRules.Take(meter, PerSecond, 1, now: wait.Ticks).IsTaken);
        Assert.True(RateRules.Take(meter, PerSecond, 1, now: wait.Ticks + 1).IsTaken);
    }

    [Fact]
    public void Take_MoreThanTheWindowHolds_LetInOnceAndPaidOff()
    {
        var step = RateRules.Take(0, PerSecond, 500, now: 0);

        Assert.True(step.IsTaken);
        Assert.Equal(TimeSpan.FromSeconds(90).Ticks + 1, RateRules.Take(step.Paced, PerSecond, 1, now: 0).Wait.Ticks);
    }

    [Fact]
    public void Take_AnyDemands_TheMeanIsNeverExceeded()
    {
        var demands =
            from perSecond in Gen.Choose(1, 1_000)
            from calls in Gen.ListOf(Gen.Zip(Gen.Choose(1, 50), Gen.Choose(0, 2_000)))
            select (perSecond, calls);
        Prop.ForAll(Arb.From(demands), run =>
        {
            long meter = 0, now = 0, taken = 0, last = 0;
            foreach (var (cost, pause) in run.calls)
            {
                now += pause * TimeSpan.TicksPerMillisecond;
                var step = RateRules.Take(meter, run.perSecond, cost, now);
                meter = step.Paced;
                taken += step.IsTaken ? cost : 0;
                last = step.IsTaken ? cost : last;
            }

            // All that came in, but for the last call, was covered by the time that passed and one window.
            var allowed = run.perSecond * (TimeSpan.FromTicks(now).TotalSeconds + Limits.Rates.Window.TotalSeconds);
            Assert.True(taken - last <= allowed + 1, $"{taken} - {last} > {allowed}");
        }).Check(Config.QuickThrowOnFailure);
    }
}
