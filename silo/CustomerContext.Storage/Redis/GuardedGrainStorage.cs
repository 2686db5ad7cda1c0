using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using StackExchange.Redis;

namespace CustomerContext.Storage.Redis;

/// <summary>
/// Orleans' own storage in Redis, with what it lacks: a deadline, and no belief in a missing record before the store has shown that it was not
/// emptied. It works on a copy
/// of the state, since a call that was given up may still go on.
/// </summary>
internal sealed class GuardedGrainStorage([FromKeyedServices(GuardedGrainStorage.Inner)] IGrainStorage inner, RedisStore store) : IGrainStorage
{
    /// <summary>The name under which Orleans' own storage is registered.</summary>
    public const string Inner = "customercontext-redis";

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Take(grainState, store.Load(Deadline, On(grainState, isBelieved: copy => copy.RecordExists, copy => inner.ReadStateAsync(stateName, grainId, copy))));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var isNew = grainState.ETag is null;
        return Take(grainState, store.Run(Deadline, On(grainState, isBelieved: _ => !isNew, copy => inner.WriteStateAsync(stateName, grainId, copy))));
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Take(grainState, store.Run(Deadline, On(grainState, isBelieved: _ => true, copy => inner.ClearStateAsync(stateName, grainId, copy))));

    private TimeSpan Deadline => store.Options.GrainStorageDeadline;

    private Func<IDatabase, Task<GrainState<T>>> On<T>(IGrainState<T> grainState, Func<IGrainState<T>, bool> isBelieved, Func<IGrainState<T>, Task> call) => async redis =>
    {
        var copy = new GrainState<T>(grainState.State, grainState.ETag) { RecordExists = grainState.RecordExists };
        await call(copy);
        if (!isBelieved(copy))
        {
            await store.Confirm(redis);
        }

        return copy;
    };

    private static async Task Take<T>(IGrainState<T> grainState, Task<GrainState<T>> call)
    {
        var result = await call;
        grainState.State = result.State;
        grainState.ETag = result.ETag;
        grainState.RecordExists = result.RecordExists;
    }
}
