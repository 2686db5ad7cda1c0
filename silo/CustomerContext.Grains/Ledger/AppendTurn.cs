namespace CustomerContext.Grains.Ledger;

/// <summary>
/// Whose turn it is to append to one customer's ledger: the customer's grain's, or that of a look that is answered without the grain. This is the only lock between the two. Whoever
/// has the turn is alone with what <see cref="LedgerSession"/> knows of the ledger, and gives the turn back once the store has answered. The lock itself is held only while the turn
/// changes hands.
/// </summary>
/// <remarks>
/// A look never waits: if the turn is taken, it goes to the grain and stands in line there. The grain waits for one look at most, because it is given the turn as soon as that look is over. So a change
/// of consent that has begun to wait is decided before every look that comes after it.
/// </remarks>
internal sealed class AppendTurn
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _grain;
    private bool _isTaken;

    /// <summary>For a look: true if the turn is its own now.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            return !_isTaken && (_isTaken = true);
        }
    }

    /// <summary>For the grain, which asks once at a time: completes when the turn is its own.</summary>
    public Task Take()
    {
        lock (_lock)
        {
            if (_isTaken)
            {
                return (_grain = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            _isTaken = true;
            return Task.CompletedTask;
        }
    }

    /// <summary>Gives the turn back: to the grain if it waits.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isTaken = _grain is not null;
            _grain?.SetResult();
            _grain = null;
        }
    }
}
