using CustomerContext.Domain;
using CustomerContext.Testing;

namespace CustomerContext.Storage.Tests;

/// <summary>Reads that wait for their turn.</summary>
public sealed class ReadTurnsTests
{
    private readonly FakeTime _time = new();
    private readonly ReadTurns _turns;

    public ReadTurnsTests() => _turns = new ReadTurns("A store", _time, Reports.New(_time));

    [Fact]
    public async Task Run_OthersAreAnsweredMeanwhile_WaitsLongerThanAStandstillForItsTurn()
    {
        var running = Fill();
        var before = new TaskCompletionSource<bool>();
        var first = _turns.Run(() => before.Task);
        var second = _turns.Run(() => Task.FromResult(true));
        _time.Advance(Limits.Storage.Standstill / 2);
        var answered = running.Dequeue();
        answered.SetResult(true);

        _time.Advance(Limits.Storage.Standstill * 3 / 4);
        Assert.False(second.IsCompleted);
        before.SetResult(true);

        Assert.True(await first);
        Assert.True(await second);
    }

    [Fact]
    public async Task Run_NobodyIsAnswered_RefusedAndNeverBegun()
    {
        var running = Fill();
        var begun = false;
        var waiting = _turns.Run(() => Task.FromResult(begun = true));
        Assert.False(waiting.IsCompleted);

        _time.Advance(Limits.Storage.Standstill);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => waiting);
        running.Dequeue().SetResult(true);
        Assert.False(begun);
        Assert.True(await _turns.Run(() => Task.FromResult(true)));
    }

    [Fact]
    public async Task Run_TheLastAnswerIsAStandstillAgo_RefusedThen()
    {
        var running = Fill();
        var next = _turns.Run(() => new TaskCompletionSource<bool>().Task);
        var waiting = _turns.Run(() => Task.FromResult(true));
        _time.Advance(Limits.Storage.Standstill / 2);
        running.Dequeue().SetResult(true);

        // The first wait ends here, and begins again with what is left since the answer.
        _time.Advance(Limits.Storage.Standstill / 2);
        await _time.TimerDueAt(_time.GetUtcNow() + (Limits.Storage.Standstill / 2));
        Assert.False(waiting.IsCompleted);
        _time.Advance(Limits.Storage.Standstill / 2);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => waiting);
        Assert.False(next.IsCompleted);
    }

    /// <summary>All turns are taken by reads that end when the test says so.</summary>
    private Queue<TaskCompletionSource<bool>> Fill()
    {
        var running = new Queue<TaskCompletionSource<bool>>();
        for (var turn = 0; turn < Limits.Storage.ReadsAtOnce; turn++)
        {
            var read = new TaskCompletionSource<bool>();
            running.Enqueue(read);
            _ = _turns.Run(() => read.Task);
        }

        return running;
    }
}
