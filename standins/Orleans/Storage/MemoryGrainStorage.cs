using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps states for the life of the process, by reference: they are immutable.</summary>
internal sealed class MemoryGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string State, GrainId Grain), (object? State, string ETag)> _records = new();
    private long _lastETag;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = _records.TryGetValue((stateName, grainId), out var record);
        grainState.State = grainState.RecordExists ? (T)record.State! : EmptyState.Of<T>();
        grainState.ETag = record.ETag;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        var next = ((object?)grainState.State, Interlocked.Increment(ref _lastETag).ToString(CultureInfo.InvariantCulture));
        var current = _records.GetValueOrDefault(key);
        if (current.ETag != grainState.ETag || !(current.ETag is null ? _records.TryAdd(key, next) : _records.TryUpdate(key, next, current)))
        {
            throw Stale(current.ETag, grainState.ETag);
        }

        grainState.ETag = next.Item2;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        if (_records.TryGetValue(key, out var current) && (current.ETag != grainState.ETag || !_records.TryRemove(new(key, current))))
        {
            throw Stale(current.ETag, grainState.ETag);
        }

        grainState.State = EmptyState.Of<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static InconsistentStateException Stale(string? stored, string? current) =>
        new("The record is not the one that this state was read from.", stored ?? "", current ?? "");
}
