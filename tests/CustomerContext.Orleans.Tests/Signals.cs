using System.Collections.Concurrent;

namespace CustomerContext.OrleansTestsTests;

/// <summary>How a test and the grains of its silo wait for each other, and what the grains have done, in order.</summary>
internal sealed class Signals
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _signals = new();
    private readonly ConcurrentQueue<string> _log = new();

    public IReadOnlyList<string> Log => [.. _log];

    public void Note(string what)
    {
        _log.Enqueue(what);
        Give(what);
    }

    public void Give(string signal) => Of(signal).TrySetResult();

    public Task When(string signal) => Of(signal).Task.WaitAsync(TooLong);

    private TaskCompletionSource Of(string signal) =>
        _signals.GetOrAdd(signal, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
