using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>A state slot over a storage. Only the grain's own code may use it.</summary>
internal sealed class PersistentState<T>(Activation activation, string stateName, IGrainStorage storage) : IPersistentState<T>
{
    private GrainState<T>? _record;
    private bool _read;

    public T State
    {
        get
        {
            CheckInsideGrain();
            return _record is null ? default! : _record.State!;
        }

        set
        {
            CheckInsideGrain();
            Record.State = value;
        }
    }

    public string? Etag => _record?.ETag;

    public bool RecordExists => _read ? Record.RecordExists : throw new InvalidOperationException("State has not yet been loaded");

    private GrainState<T> Record => _record ??= new GrainState<T>(EmptyState.Of<T>());

    public async Task ReadStateAsync()
    {
        await Use(storage.ReadStateAsync);
        _read = true;
    }

    public Task WriteStateAsync() => Use(storage.WriteStateAsync);

    public Task ClearStateAsync() => Use(storage.ClearStateAsync);

    private static void CheckInsideGrain()
    {
        if (Activation.Current is null)
        {
            throw new InvalidOperationException("Activation access violation. A non-activation thread attempted to access activation services.");
        }
    }

    private async Task Use(Func<string, GrainId, IGrainState<T>, Task> operation)
    {
        CheckInsideGrain();
        try
        {
            await operation(stateName, activation.GrainId, Record);
        }
        catch (Exception error)
        {
            var verb = operation.Method.Name;
            activation.Silo.Log.StorageFailed(error, activation.GrainId.Type, verb);
            if (error is OrleansException)
            {
                throw;
            }

            throw new OrleansException(
                $"Error from storage provider {storage.GetType().Name}.{stateName} during {verb} for a grain of type {activation.GrainId.Type}", error);
        }
    }
}
