using System.Threading.Channels;
using CustomerContext.Domain;
using CustomerContext.Testing;

namespace CustomerContext.Storage.Tests;

/// <summary>How many calls of a store run at once.</summary>
public sealed class CallGateTests
{
    private static readonly TimeSpan _deadline = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task Run_CallsThatRunOnAfterTheirDeadline_CountUntilTheyEnd()
    {
        var time = new FakeTime();
        var gate = new CallGate("A store", time, Reports.New(time));
        var hanging = new TaskCompletionSource<int>();
        var calls = Enumerable.Range(0, Limits.Storage.WaitingCalls).Select(_ => gate.Run(_deadline, () => hanging.Task)).ToArray();
        var given = Task.WhenAll(calls.Select(Fails));
        await time.Pass(_deadline, given);
        Assert.All(await given, Assert.True);

        Assert.True(await Fails(gate.Run(_deadline, () => Task.FromResult(1))));

        hanging.SetResult(1);
        Assert.Equal(1, await gate.Run(_deadline, () => Task.FromResult(1)));
    }

    [Fact]
    public async Task RunStrictly_TheAnswerIsThereAfterAStandstill_NotBelieved()
    {
        var time = new FakeTime();
        var gate = new CallGate("A store", time, Reports.New(time));

        Assert.False(await Fails(gate.RunStrictly(_deadline, () => Answer(_deadline / 2))));
        Assert.True(await Fails(gate.RunStrictly(_deadline, () => Answer(_deadline))));
        Assert.False(await Fails(gate.Run(_deadline, () => Answer(_deadline))));

        Task<int> Answer(TimeSpan after)
        {
            time.Advance(after);
            return Task.FromResult(1);
        }
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public async Task Run_ProcessStandsStill_EachStandstillTakesOneFifthOfTheDeadline(int standstills, bool isRefused)
    {
        var time = new HaltingTime();
        var gate = new CallGate("A store", time, Reports.New(TimeProvider.System));
        var answer = new TaskCompletionSource<int>();
        var call = gate.Run(_deadline, () => answer.Task);
        for (var standstill = 0; standstill < standstills; standstill++)
        {
            var (wait, wake) = await time.Waits.Reader.ReadAsync();
            Assert.Equal(_deadline / 5, wait);
            wake();
        }

        if (!isRefused)
        {
            await time.Waits.Reader.WaitToReadAsync(); // It waits again.
            answer.SetResult(1);
        }

        Assert.Equal(isRefused, await Fails(call));
    }

    /// <summary>A clock of a process that stands still in every wait: whatever time has passed, a wait ends when it is woken.</summary>
    private sealed class HaltingTime : TimeProvider
    {
        public Channel<(TimeSpan Wait, Action Wake)> Waits { get; } = Channel.CreateUnbounded<(TimeSpan, Action)>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Writer.TryWrite((dueTime, () => callback(state)));
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private static async Task<bool> Fails(Task<int> call)
    {
        try
        {
            await call;
            return false;
        }
        catch (StoreUnavailableException)
        {
            return true;
        }
    }
}
