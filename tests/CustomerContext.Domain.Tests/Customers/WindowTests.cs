using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;

namespace CustomerContext.Domain.Tests.Customers;

public sealed class WindowTests
{
    private static readonly DateTimeOffset Noon = Given.Noon;

    [Fact]
    public void Apply_SameIdTwice_IsOnceWhateverItsTime()
    {
        var state = Given.State(Given.Turn("1", Noon, 500));

        Assert.True(state.Apply(Given.Turn("1", Noon, 500)).Value!.IsDuplicate);
        Assert.Same(state, state.Apply(Given.Turn("1", Noon.AddDays(1), -500)).Value!.State);
        Assert.False(state.Apply(Given.Turn("1", Noon, 500, source: new SourceId("acme/mail"))).Value!.IsDuplicate);
    }

    [Fact]
    public void Apply_BeyondTheWindow_OldestLeavesAndIsTooLate()
    {
        var full = Given.State(Enumerable.Range(1, 512).Select(i => Given.Turn($"{i}", Noon.AddSeconds(2 * i))));
        var beyond = full.With(Given.Turn("513", Noon.AddSeconds(2_000)));

        Assert.True(full.Apply(Given.Turn("1", Noon.AddSeconds(2))).Value!.IsDuplicate);
        Assert.Equal((512, null), (full.Window.Entries.Length, full.Window.Horizon));
        Assert.Equal(512, beyond.Window.Entries.Length);
        Assert.Equal(Noon.AddSeconds(2).ToUnixTimeSeconds(), beyond.Window.Horizon?.Second);
        Assert.Equal(RefusalReason.TooLate, beyond.Apply(Given.Turn("1", Noon.AddSeconds(2))).Refusal?.Reason);
        Assert.Equal(RefusalReason.TooLate, beyond.Apply(Given.Turn("new", Noon.AddSeconds(1))).Refusal?.Reason);
        Assert.True(beyond.Apply(Given.Turn("new", Noon.AddSeconds(3))).IsOk);
    }

    [Fact]
    public void Apply_JustAboveTheHorizon_CountsOnce()
    {
        var state = Given.State(Enumerable.Range(1, 513).Select(i => Given.Turn($"{i}", Noon.AddSeconds(2 * i))));
        var late = Given.Turn("late", Noon.AddSeconds(3), 500);

        var taken = state.With(late);

        Assert.Equal(Noon.AddSeconds(3).ToUnixTimeSeconds(), taken.Window.Horizon?.Second);
        Assert.Equal(RefusalReason.TooLate, taken.Apply(late).Refusal?.Reason);
    }

    [Fact]
    public void Apply_GapsOfMonths_KeepsTheWindowWithin4KiB()
    {
        var state = Given.State(Enumerable.Range(0, 512).Select(i => Given.Turn($"{i}", Noon.AddDays(-25 * i))).Reverse());

        Assert.InRange(StateSize.OfWindow(state.Window.Entries), 4_000, Limits.Customers.WindowBytes);
        Assert.InRange(state.Window.Entries.Length, 450, 460);
    }

    [Fact]
    public void Apply_NinthSource_IsRefused()
    {
        var eight = Given.State(Enumerable.Range(0, 8).Select(i => Given.Turn($"{i}", Noon, source: new SourceId($"acme/{i}"))));
        var ninth = Given.Turn("9", Noon, source: new SourceId("acme/9"));

        Assert.Equal(new Refusal(RefusalReason.LimitReached, null, "at most 8 sources"), eight.Apply(ninth).Refusal);
        Assert.True(CustomerRules.Forget(eight, new SourceId("acme/3")).Apply(ninth).IsOk);
    }

    [Fact]
    public void Apply_OldBuckets_AreDroppedByNewSignals()
    {
        var state = Given.State(Enumerable.Range(0, 60).Select(i => Given.Survey($"h{i}", Noon.AddHours(-i), 3))
            .Concat(Enumerable.Range(0, 40).Select(i => Given.Survey($"d{i}", Noon.AddDays(-i), 3)))
            .Concat(Enumerable.Range(0, 30).Select(i => Given.Survey($"w{i}", Noon.AddDays(-7 * i), 3))));

        // One more of each where five minutes before the newest is still in the hour, day or week before.
        Assert.Equal((49, 35, 26), (state.Sources[0].Hours.Length, state.Sources[0].Days.Length, state.Sources[0].Weeks.Length));
    }
}
