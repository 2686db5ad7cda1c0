using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Grains.Customers;

/// <summary>The watches of one customer: those that are open, and those that have ended and whose end is not on record yet.</summary>
internal sealed class WatchList(TimeProvider time)
{
    private readonly Dictionary<string, Watch> _open = new(StringComparer.Ordinal);
    private readonly Queue<ClosedWatch> _closed = [];

    /// <summary>Who reads each watch that takes a place: from when it is decided that it may be opened until its end is on record.</summary>
    private readonly Dictionary<string, TenantId?> _places = new(StringComparer.Ordinal);

    /// <summary>Keeps a place for a watch that is about to be opened; absent, or why there is none. Asked again for the same watch it answers the same.</summary>
    public Refusal? Reserve(string name, TenantId? reader)
    {
        var refusal = _places.ContainsKey(name) ? null : WatchRules.NoRoom(reader, _places.Values);
        if (refusal is null)
        {
            _places[name] = reader;
        }

        return refusal;
    }

    /// <summary>A watch that had a place is not opened after all.</summary>
    public void GiveBack(string name) => _places.Remove(name);

    /// <summary>The open watches.</summary>
    public IEnumerable<Watch> Open => _open.Values;

    /// <summary>The watch of this name; absent if it is not, or no longer, open.</summary>
    public Watch? Find(string name) => _open.GetValueOrDefault(name);

    /// <summary>A watch that has a place has been opened.</summary>
    public void Add(Watch watch) => _open.Add(watch.Name, watch);

    /// <summary>The watch that ended first of those whose end is not on record; absent if there is none.</summary>
    public ClosedWatch? Closed => _closed.TryPeek(out var first) ? first : null;

    /// <summary>A watch is over; <paramref name="record"/> has to go on record. Closed a second time, by the step that waited when the reader left, it changes nothing.</summary>
    public void Close(Watch watch, DisclosureRecord record)
    {
        watch.FrameIsBack();
        if (_open.Remove(watch.Name))
        {
            _closed.Enqueue(new ClosedWatch(record, watch.Partner is { Customer: { } partner, Answer: not null } ? partner : null));
        }
    }

    /// <summary>The end of <see cref="Closed"/> is on record.</summary>
    public void ClosedIsOnRecord() => _places.Remove(_closed.Dequeue().Record.Watch!);

    /// <summary>The context has learnt something.</summary>
    public void WakeAll()
    {
        foreach (var watch in _open.Values)
        {
            watch.Wake();
        }
    }

    /// <summary>
    /// Waits for every frame that is still being sent by a stopped watch or under an ended grant. The wait for a frame ends when the frame is written, or when its time to be
    /// written has passed.
    /// </summary>
    public async Task StoppedOnesAreBack()
    {
        foreach (var watch in _open.Values.Where(watch => watch.End is not null || watch.IsFrameOutdated).ToArray())
        {
            try
            {
                await watch.Back.WaitAsync(watch.FrameTimeLeft(time), time);
            }
            catch (TimeoutException)
            {
                // The reader's write has been given up by now.
            }
        }
    }
}

/// <summary>A watch that has ended.</summary>
/// <param name="Record">What has to go on record of it.</param>
/// <param name="Partner">The linked customer on whose record it has to go as well; absent if there is none.</param>
internal sealed record ClosedWatch(DisclosureRecord Record, CustomerKey? Partner)
{
    /// <summary>True once it was tried to put it on record: it may be there, though nobody heard of it.</summary>
    public bool WasTried { get; set; }
}
