namespace CustomerContext.Grains.Customers;

/// <summary>Wakes whoever waits for the next change. Take <see cref="Next"/> first and look then, so that no change goes unnoticed.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Done at the next change.</summary>
    public Task Next => _next.Task;

    /// <summary>Something has changed.</summary>
    public void Raise()
    {
        var woken = _next;
        _next = New();
        woken.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
