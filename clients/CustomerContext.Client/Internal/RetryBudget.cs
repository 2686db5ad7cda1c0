namespace CustomerContext.Client.Internal;

/// <summary>How many repeats are in hand, after the retry throttling of gRPC (gRFC A6). In tenths, so that sums stay exact.</summary>
internal sealed class RetryBudget(int budget)
{
    private const int Tenths = 10;
    private readonly Lock _lock = new();
    private int _tenths = budget * Tenths;

    public void Succeeded()
    {
        lock (_lock)
        {
            _tenths = Math.Min(_tenths + 1, budget * Tenths);
        }
    }

    /// <summary>Notes a failure and says whether it may be repeated.</summary>
    public bool TryRepeat()
    {
        lock (_lock)
        {
            _tenths = Math.Max(_tenths - Tenths, 0);
            return _tenths * 2 >= budget * Tenths;
        }
    }
}
