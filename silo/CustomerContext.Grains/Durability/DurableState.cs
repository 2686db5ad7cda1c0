using Orleans.Runtime;

namespace CustomerContext.Grains.Durability;

/// <summary>
/// How every stateful grain keeps its state: two immutable values, <see cref="Visible"/> (durable, what reads see) and <see cref="Pending"/> (what is
/// being decided on), and one committer loop, the only code that writes. What arrives during a write shares the next one.
/// </summary>
/// <remarks>
/// Runs on the grain's own scheduler, so its steps between awaits never overlap. After a failed or unknown write every waiting call gets a
/// <see cref="StateUnavailableException"/>, and nothing else is answered before the state has been read again: the write may have landed.
/// </remarks>
/// <param name="slot">Where it is kept.</param>
/// <param name="empty">The value while nothing is kept. Saving this very object clears the slot.</param>
internal sealed class DurableState<T>(IPersistentState<T> slot, T empty)
    where T : class
{
    private TaskCompletionSource? _nextWrite;
    private Task? _reading;
    private bool _writing;
    private volatile bool _unknown;

    /// <summary>The last durable value.</summary>
    public T Visible { get; private set; } = null!;

    /// <summary>The value that the next decision starts from: durable, or about to be.</summary>
    public T Pending { get; private set; } = null!;

    /// <summary>False after a write of which nobody knows whether it landed, until the state has been read again.</summary>
    public bool IsKnown => !_unknown;

    /// <summary>True once anything was written since the grain came into memory, or tried to.</summary>
    public bool HasWritten { get; private set; }

    /// <summary>Takes what Orleans read at activation; call it in <c>OnActivateAsync</c>, before which the slot is empty.</summary>
    public void Begin() => Visible = Pending = slot.RecordExists ? slot.State : empty;

    /// <summary>Waits until the outcome of every earlier write is known; call before each decision.</summary>
    /// <exception cref="StateUnavailableException">The state could not be read again.</exception>
    public ValueTask Ready()
    {
        if (!_unknown)
        {
            return ValueTask.CompletedTask;
        }

        // One that has failed is over, however soon it failed.
        if (_reading is null or { IsCompleted: true })
        {
            _reading = Reread();
        }

        return new ValueTask(_reading);
    }

    /// <summary>Makes <paramref name="next"/> the pending value and waits until it is durable.</summary>
    /// <exception cref="StateUnavailableException">The write failed, or nobody knows.</exception>
    public Task Save(T next)
    {
        Pending = next;
        return Settled();
    }

    /// <summary>Waits until everything pending is durable: what a repeated call must wait for before it is told "done" again.</summary>
    /// <exception cref="StateUnavailableException">The write failed, or nobody knows.</exception>
    public Task Settled()
    {
        if (ReferenceEquals(Pending, Visible))
        {
            return Task.CompletedTask;
        }

        var written = (_nextWrite ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        if (!_writing)
        {
            _ = WriteAll();
        }

        return written;
    }

    private async Task WriteAll()
    {
        _writing = HasWritten = true;
        while (_nextWrite is { } waiting)
        {
            _nextWrite = null;
            var value = Pending;
            try
            {
                await Write(value);
                Visible = value;
                waiting.SetResult();
            }
            catch (Exception error)
            {
                // Everything after the failed write was decided on a value that may not exist.
                _unknown = true;
                var unavailable = new StateUnavailableException(error);
                waiting.SetException(unavailable);
                _nextWrite?.SetException(unavailable);
                _nextWrite = null;
            }
        }

        _writing = false;
    }

    private Task Write(T value)
    {
        if (ReferenceEquals(value, empty))
        {
            return slot.ClearStateAsync();
        }

        slot.State = value;
        return slot.WriteStateAsync();
    }

    private async Task Reread()
    {
        try
        {
            await slot.ReadStateAsync();
            Begin();
            _unknown = false;
        }
        catch (Exception error)
        {
            throw new StateUnavailableException(error);
        }
    }
}
