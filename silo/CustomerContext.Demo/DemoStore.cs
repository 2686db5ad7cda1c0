using CustomerContext.Grains;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Ties;
using CustomerContext.Grains.Tribes;
using Orleans;
using Orleans.Storage;

namespace CustomerContext.Demo;

/// <summary>Lays the demo town's past down in the store, before any of its grains is there.</summary>
internal sealed class DemoStore([FromKeyedServices(StoreNames.Store)] IGrainStorage storage, IGrainFactory grains)
{
    /// <summary>All that is to be written, each independent of the others.</summary>
    public IEnumerable<Func<Task>> Writes(DemoPast past)
    {
        foreach (var resident in past.Residents)
        {
            var customer = grains.GetGrain<ICustomerGrain>(resident.Key.Value);
            yield return () => Write(StoreNames.Context, customer, resident.Context);
            yield return () => Write(StoreNames.Ties, customer, resident.Ties);
            if (resident.Followers.Count > 0)
            {
                yield return () => Write(StoreNames.Followers, grains.GetGrain<IFollowerShardGrain>(FollowerShards.KeyOf(resident.Key, 0)), resident.FollowerList);
            }
        }

        foreach (var (group, tribe) in past.Tribes.All)
        {
            yield return () => Write(StoreNames.Tribe, grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(group)), tribe.State);
            for (var i = 0; i < tribe.Shards.Count; i++)
            {
                var (number, shard) = (i, tribe.Shards[i]);
                yield return () => Write(StoreNames.TribeShard, grains.GetGrain<ITribeShardGrain>(TribeKeys.Shard(group, number)), shard);
            }
        }
    }

    /// <summary>Lets the tribes set their reminders.</summary>
    public Task Wake(DemoPast past) => Task.WhenAll(past.Tribes.All.Keys.Select(group => grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(group)).Get()));

    private async Task Write<T>(string slot, IGrainWithStringKey grain, T value)
    {
        // A load that was cut off has written some already.
        var state = new GrainState<T>();
        await storage.ReadStateAsync(slot, grain.GetGrainId(), state);
        if (!state.RecordExists)
        {
            state.State = value;
            await storage.WriteStateAsync(slot, grain.GetGrainId(), state);
        }
    }
}
