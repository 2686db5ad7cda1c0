using CustomerContext.Domain;

namespace CustomerContext.Grains.Customers;

/// <summary>The open watches of one customer.</summary>
internal sealed class WatchList(TimeProvider time)
{
    private readonly Dictionary<string, Watch> _open = new(StringComparer.Ordinal);

    /// <summary>True if one more may be opened.</summary>
    public bool HasRoom => _open.Count < Limits.Watches.PerCustomer;

    /// <summary>The open watches.</summary>
    public IEnumerable<Watch> Open => _open.Values;

    /// <summary>The watch of this name; absent if it is not, or no longer, open.</summary>
    public Watch? Find(string name) => _open.GetValueOrDefault(name);

    /// <summary>A watch has been opened.</summary>
    public void Add(Watch watch) => _open.Add(watch.Name, watch);

    /// <summary>A watch is over; false if it was already.</summary>
    public bool Remove(Watch watch)
    {
        watch.FrameIsBack();
        return _open.Remove(watch.Name);
    }

    /// <summary>The context has learnt something.</summary>
    public void WakeAll()
    {
        foreach (var watch in _open.Values)
        {
            watch.Wake();
        }
    }

    /// <summary>
    /// Waits until no frame is on its way of a watch that was told to end, nor under a grant that does not count any more: each has come back, or its time to be written
    /// has run out.
    /// </summary>
    public async Task StoppedOnesAreBack()
    {
        foreach (var watch in _open.Values.Where(watch => watch.End is not null || watch.IsFrameOutdated).ToArray())
        {
            if (watch.FrameOutUntil is not { } until || until - time.GetUtcNow() is not { Ticks: > 0 } left)
            {
                continue;
            }

            try
            {
                await watch.Back.WaitAsync(left, time);
            }
            catch (TimeoutException)
            {
                // The reader's write has been given up by now.
            }
        }
    }
}
