using CustomerContext.Client;

namespace CustomerContext.Cli.Replay;

/// <summary>How a run goes: keeps its place every second, shows it, and counts its time.</summary>
internal sealed class ReplayProgress(ReplayPlace place, TimeProvider time, Action<ReplayPlace> show)
{
    private static readonly TimeSpan _saveInterval = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _earlier = place.Tally.Elapsed;
    private readonly long _started = time.GetTimestamp();
    private long? _saved;

    /// <summary>The last line that is done, and all before it.</summary>
    public long Line => place.Line;

    public ReplayTally Tally => place.Tally;

    /// <summary>Runs to the end, and then the place is no longer needed; or to whatever stops it, and then it is kept.</summary>
    /// <returns>What stopped it. Absent: all is done.</returns>
    public async Task<Exception?> WhileAsync(Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (Exception e) when (e is CustomerContextException or OperationCanceledException or UsageException)
        {
            CountTime();
            place.Save();
            return e;
        }

        CountTime();
        place.Delete();
        return null;
    }

    /// <summary>Says how far it has come: lines that are done, bytes that are read. Safe for use from many threads.</summary>
    public void Come(long line, long position)
    {
        lock (place)
        {
            (place.Line, place.Position) = (line, position);
            CountTime();
            show(place);
            if (_saved is not { } saved || time.GetElapsedTime(saved) >= _saveInterval)
            {
                _saved = time.GetTimestamp();
                place.Save();
            }
        }
    }

    private void CountTime() => Tally.Elapsed = _earlier + time.GetElapsedTime(_started);
}
