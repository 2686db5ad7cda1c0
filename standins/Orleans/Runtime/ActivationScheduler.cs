namespace Orleans.Runtime;

/// <summary>Runs the tasks of one activation one after another, on pool threads. What they await comes back here.</summary>
internal sealed class ActivationScheduler(Activation activation) : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>How long one activation may keep a thread while others wait, in milliseconds.</summary>
    private const long QuantumMs = 100;

    [ThreadStatic]
    private static ActivationScheduler? t_running;

    private readonly Lock _lock = new();
    private readonly Queue<Task> _tasks = new();
    private bool _scheduled;

    public Activation Activation => activation;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs an action as a task of this activation, without the poster's ambient data.</summary>
    public void Post(Action action)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            new Task(action).Start(this);
            return;
        }

        using (ExecutionContext.SuppressFlow())
        {
            new Task(action).Start(this);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        var outer = t_running;
        t_running = this;
        var end = Environment.TickCount64 + QuantumMs;
        try
        {
            while (Next() is { } task)
            {
                TryExecuteTask(task);
                if (Environment.TickCount64 >= end)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                    return;
                }
            }
        }
        finally
        {
            t_running = outer;
        }
    }

    protected override void QueueTask(Task task)
    {
        lock (_lock)
        {
            _tasks.Enqueue(task);
            if (_scheduled)
            {
                return;
            }

            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && t_running == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_lock)
        {
            return [.. _tasks];
        }
    }

    private Task? Next()
    {
        lock (_lock)
        {
            if (_tasks.TryDequeue(out var task))
            {
                return task;
            }

            _scheduled = false;
            return null;
        }
    }
}
