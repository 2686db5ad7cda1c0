namespace CustomerContext.Storage.Sqlite;

/// <summary>A write that waits for its turn, and the caller that waits for it.</summary>
internal abstract class SqliteWrite
{
    private int _taken;

    /// <summary>True if it cannot be done inside a transaction, so it is done alone after the others.</summary>
    public bool IsAlone { get; init; }

    /// <summary>True for the first who asks: the writer, which then runs it, or the caller, who then has given up.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

    /// <summary>Does the work inside the transaction; again, if another write made that transaction fail.</summary>
    public abstract void Run(SqliteSession session);

    /// <summary>Lets the caller go on: the transaction is durable.</summary>
    public abstract void Complete();

    /// <summary>Lets the caller go on: nothing was done, or nobody knows.</summary>
    public abstract void Fail(Exception error);
}

/// <inheritdoc/>
internal sealed class SqliteWrite<T>(Func<SqliteSession, T> work) : SqliteWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _done.Task;

    public override void Run(SqliteSession session) => _result = work(session);

    public override void Complete() => _done.TrySetResult(_result!);

    public override void Fail(Exception error) => _done.TrySetException(error);
}
