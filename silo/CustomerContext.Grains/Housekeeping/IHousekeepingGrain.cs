using Orleans;

namespace CustomerContext.Grains.Housekeeping;

/// <summary>Sees to it that customers are looked at when their time has come. There is one, by the key <see cref="Key"/>.</summary>
[Alias("IHousekeepingGrain")]
public interface IHousekeepingGrain : IGrainWithStringKey, IRemindable
{
    /// <summary>The key of the one there is.</summary>
    const string Key = "all";

    /// <summary>Makes sure that it is woken every minute, for good. Idempotent.</summary>
    [Alias("Start")]
    Task Start();
}
