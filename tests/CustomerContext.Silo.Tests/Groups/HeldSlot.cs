using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>A store whose reads of one slot fail, or never end, while a test says so.</summary>
internal sealed class HeldSlot(string slot)
{
    /// <summary>What comes of a read of the slot; absent: the store's own answer.</summary>
    public Func<GrainId, Task>? Instead { get; set; }

    /// <summary>Puts this before the store of a silo.</summary>
    public void Wrap(IServiceCollection services) => StoreBetween.Put(services, inner => new Storage(this, inner));

    private string SlotName => slot;

    private sealed class Storage(HeldSlot held, IGrainStorage inner) : IGrainStorage
    {
        public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            await (stateName == held.SlotName && held.Instead is { } instead ? instead(grainId) : Task.CompletedTask);
            await inner.ReadStateAsync(stateName, grainId, grainState);
        }

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.WriteStateAsync(stateName, grainId, grainState);

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);
    }
}
