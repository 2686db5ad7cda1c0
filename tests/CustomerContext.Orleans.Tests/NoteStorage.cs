using System.Globalization;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace CustomerContext.OrleansTestsTests;

/// <summary>A storage that outlives silos and fails on demand.</summary>
internal sealed class NoteStorage : IGrainStorage
{
    private readonly Dictionary<(string State, GrainId Grain), (object State, int Version)> _records = [];

    public Exception? NextFails { get; set; }

    public List<string> Keys => [.. _records.Keys.Select(key => $"{key.Grain}/{key.State}")];

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Fail();
        lock (_records)
        {
            grainState.RecordExists = _records.TryGetValue((stateName, grainId), out var record);
            grainState.State = grainState.RecordExists ? (T)record.State : Activator.CreateInstance<T>();
            grainState.ETag = grainState.RecordExists ? Text(record.Version) : null;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Fail();
        lock (_records)
        {
            var known = _records.TryGetValue((stateName, grainId), out var record);
            if (grainState.ETag != (known ? Text(record.Version) : null))
            {
                throw new InconsistentStateException("stale", known ? Text(record.Version) : "", grainState.ETag);
            }

            _records[(stateName, grainId)] = (grainState.State!, record.Version + 1);
            grainState.ETag = Text(record.Version + 1);
            grainState.RecordExists = true;
        }

        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Fail();
        lock (_records)
        {
            _records.Remove((stateName, grainId));
            grainState.State = Activator.CreateInstance<T>();
            grainState.ETag = null;
            grainState.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    /// <summary>Somebody else writes.</summary>
    public void Overwrite(Note note)
    {
        lock (_records)
        {
            var (key, (_, version)) = _records.Single();
            _records[key] = (note, version + 1);
        }
    }

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);

    private void Fail()
    {
        if (NextFails is { } error)
        {
            NextFails = null;
            throw error;
        }
    }
}
