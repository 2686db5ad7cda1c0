using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CustomerContext.Grains.Durability;
using Orleans.Runtime;

namespace CustomerContext.Grains.Serving;

/// <summary>
/// The grains of one kind in this silo that let something be answered without a call. A grain is here from the first answer that it lets go until it begins to leave memory, whatever the reason and
/// whatever it is busy with: from then on it may be in memory elsewhere.
/// </summary>
/// <remarks>Safe for use from many threads.</remarks>
/// <param name="what">The kind, for the report of failures.</param>
/// <param name="touch">Calls the grain of this key, whatever it answers.</param>
/// <param name="failures">Where a failure to keep a grain in memory is reported.</param>
internal sealed class ServedGrains<T>(string what, Func<string, Task> touch, FailureReport failures)
    where T : ServedGrain
{
    private readonly ConcurrentDictionary<string, T> _served = new();

    /// <summary>Orleans tells that an activation begins to leave memory: a grain that is here is no more.</summary>
    public void OnDeactivating(IActivationWorkingSetMember member)
    {
        if (member is IGrainContext { GrainInstance: IServingGrain<T> { Served: { } served } })
        {
            served.End();
            Remove(served);
        }
    }

    /// <summary>Lets things be answered without the grain.</summary>
    public void Add(T served)
    {
        _served[served.Key] = served;
        if (served.IsOver)
        {
            // The grain began to leave memory between the two lines.
            Remove(served);
        }
    }

    /// <summary>What the grain lets be answered; false if it has to be asked.</summary>
    public bool Find(string key, [NotNullWhen(true)] out T? served)
    {
        if (!_served.TryGetValue(key, out served))
        {
            return false;
        }

        if (served.IsKeepingDue())
        {
            _ = KeepInMemory(key);
        }

        return true;
    }

    /// <summary>Orleans counts calls of a grain, and lets those go that have none. So now and then a grain that is answered for gets one.</summary>
    private async Task KeepInMemory(string key)
    {
        try
        {
            await touch(key);
        }
        catch (Exception error)
        {
            failures.Note($"keeping {what} in memory", error);
        }
    }

    private void Remove(T served) => _served.TryRemove(new(served.Key, served));
}
