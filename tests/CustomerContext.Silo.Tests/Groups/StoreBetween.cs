using CustomerContext.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>Puts a test between a silo's grains and their store.</summary>
internal static class StoreBetween
{
    /// <summary>Gives the grains what <paramref name="wrap"/> makes of the store.</summary>
    public static void Put(IServiceCollection services, Func<IGrainStorage, IGrainStorage> wrap)
    {
        var store = services.Last(service => service.ServiceType == typeof(IGrainStorage) && Equals(service.ServiceKey, StoreNames.Store));
        services.Remove(store);
        services.AddKeyedSingleton(
            StoreNames.Store,
            (provider, key) => wrap((IGrainStorage)(store.KeyedImplementationFactory?.Invoke(provider, key)
                ?? ActivatorUtilities.CreateInstance(provider, store.KeyedImplementationType!))));
    }
}
