using System.Collections.Concurrent;
using CustomerContext.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>
/// Counts what grains write. Who is told something keeps it with one write before it answers, so where messages come one at a time the writes of a kind of
/// grain are the messages to it.
/// </summary>
internal sealed class StoreWrites
{
    private readonly ConcurrentDictionary<(string Slot, GrainId Grain), int> _counts = new();

    /// <summary>Writes of a slot since the last <see cref="Forget"/>: by <paramref name="own"/>, and by all other grains.</summary>
    public (int Own, int Others) Of(string slot, GrainId own)
    {
        var mine = _counts.GetValueOrDefault((slot, own));
        return (mine, _counts.Where(one => one.Key.Slot == slot).Sum(one => one.Value) - mine);
    }

    /// <summary>All of them.</summary>
    public int All => _counts.Values.Sum();

    /// <summary>Begins at nothing.</summary>
    public void Forget() => _counts.Clear();

    /// <summary>Puts the counting in front of the silo's store.</summary>
    public void Count(IServiceCollection services)
    {
        var inner = services.Single(service => service.ServiceType == typeof(IGrainStorage) && StoreNames.Store.Equals(service.ServiceKey));
        services.Remove(inner);
        services.AddKeyedSingleton<IGrainStorage>(StoreNames.Store, (provider, _) =>
            new Counted((IGrainStorage)ActivatorUtilities.CreateInstance(provider, inner.KeyedImplementationType!), _counts));
    }

    private sealed class Counted(IGrainStorage inner, ConcurrentDictionary<(string Slot, GrainId Grain), int> counts) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            counts.AddOrUpdate((stateName, grainId), 1, (_, count) => count + 1);
            return inner.WriteStateAsync(stateName, grainId, grainState);
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);
    }
}
