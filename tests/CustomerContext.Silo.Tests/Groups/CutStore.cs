using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>A store that takes no more from a write on, as if the silo had been killed there: before the write, or behind it and before anybody heard of it.</summary>
internal sealed class CutStore
{
    private int _left = int.MaxValue;
    private bool _landsLast;

    /// <summary>True once a write was cut off.</summary>
    public bool IsCut => Volatile.Read(ref _left) < 0;

    /// <summary>Takes so many more writes.</summary>
    /// <param name="writes">0 or more.</param>
    /// <param name="landsLast">The first that is cut off is durable all the same.</param>
    public void CutAfter(int writes, bool landsLast)
    {
        _landsLast = landsLast;
        Volatile.Write(ref _left, writes);
    }

    /// <summary>Takes everything again.</summary>
    public void Mend() => Volatile.Write(ref _left, int.MaxValue);

    /// <summary>Puts this before the store of a silo.</summary>
    public void Wrap(IServiceCollection services) => StoreBetween.Put(services, inner => new Storage(this, inner));

    private async Task Pass(Func<Task> write)
    {
        var left = Volatile.Read(ref _left) == int.MaxValue ? int.MaxValue : Interlocked.Decrement(ref _left);
        if (left >= 0 || (left == -1 && _landsLast))
        {
            await write();
        }

        if (left < 0)
        {
            throw new OrleansException("cut off");
        }
    }

    private sealed class Storage(CutStore cut, IGrainStorage inner) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            cut.Pass(() => inner.WriteStateAsync(stateName, grainId, grainState));

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            cut.Pass(() => inner.ClearStateAsync(stateName, grainId, grainState));
    }
}
