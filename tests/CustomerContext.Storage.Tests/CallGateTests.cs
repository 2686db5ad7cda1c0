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
