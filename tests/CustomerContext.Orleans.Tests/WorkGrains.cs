using Orleans;
using Orleans.Concurrency;

namespace CustomerContext.OrleansTestsTests;

internal interface IWork : IGrainWithStringKey
{
    Task<int> Add(int left, int right);

    ValueTask<string> Key();

    ValueTask DoNothing();

    Task Fail(string message);

    /// <summary>Notes "begin", waits for the signal, notes "end".</summary>
    Task WaitFor(string signal);

    Task WaitForCancellation(CancellationToken cancellation);

    Task<bool> StaysOnItsScheduler();

    /// <summary>Counts up a plain field around an await that lets others in, if they may.</summary>
    Task CountUp();

    Task<int> Counted();

    Task CallBack(string otherKey);

    /// <summary>What the caller has in <see cref="WorkGrain.Ambient"/>, if that came along.</summary>
    Task<string?> SeenAmbient();
}

internal interface IQueueingGrain : IWork;

internal interface IReentrantGrain : IWork;

internal sealed class QueueingGrain(Signals signals) : WorkGrain(signals), IQueueingGrain;

[Reentrant]
internal sealed class ReentrantGrain(Signals signals) : WorkGrain(signals), IReentrantGrain;

internal abstract class WorkGrain(Signals signals) : Grain, IWork
{
    public static readonly AsyncLocal<string?> Ambient = new();

    private int _counted;
    private int _inside;

    public Task<int> Add(int left, int right) => Task.FromResult(left + right);

    public ValueTask<string> Key() => ValueTask.FromResult(this.GetPrimaryKeyString());

    public ValueTask DoNothing()
    {
        signals.Note("nothing");
        return default;
    }

    public async Task Fail(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public async Task WaitFor(string signal)
    {
        signals.Note("begin " + signal);
        await signals.When(signal);
        signals.Note("end " + signal);
    }

    public async Task WaitForCancellation(CancellationToken cancellation)
    {
        var scheduler = TaskScheduler.Current;
        var cancelled = new TaskCompletionSource<TaskScheduler>();
        using var registration = cancellation.Register(() => cancelled.SetResult(TaskScheduler.Current));
        signals.Note("waiting");
        signals.Note(await cancelled.Task == scheduler ? "cancelled" : "cancelled elsewhere");
    }

    public async Task<bool> StaysOnItsScheduler()
    {
        var scheduler = TaskScheduler.Current;
        await Task.Yield();
        var afterYield = TaskScheduler.Current;
        await Task.Run(() => { });
        return scheduler != TaskScheduler.Default && scheduler == afterYield && scheduler == TaskScheduler.Current;
    }

    public async Task CountUp()
    {
        Step();
        await Task.Yield();
        Step();
    }

    public Task<int> Counted() => Task.FromResult(_counted);

    public Task CallBack(string otherKey) => GrainFactory.GetGrain<IQueueingGrain>(otherKey).DoNothing().AsTask();

    public Task<string?> SeenAmbient() => Task.FromResult(Ambient.Value);

    private void Step()
    {
        if (Interlocked.Increment(ref _inside) != 1)
        {
            throw new InvalidOperationException("Two threads at once.");
        }

        var seen = _counted;
        Thread.SpinWait(20);
        _counted = seen + 1;
        Interlocked.Decrement(ref _inside);
    }
}
