namespace CustomerContext.Storage;

/// <summary>Work that serves everybody who asked before it began: whoever asks while it runs shares the next run.</summary>
internal sealed class SharedWork(Func<Task> work)
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;

    /// <summary>Completes when a run that began after this call has ended; fails as that run did.</summary>
    public Task Run()
    {
        lock (_lock)
        {
            return _next ??= After(_running);
        }
    }

    private async Task After(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
        {
            _running = _next!;
            _next = null;
        }

        await work();
    }
}
