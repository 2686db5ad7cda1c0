using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Identities;
using CustomerContext.Silo.Access;
using Orleans;

namespace CustomerContext.Silo.Api.Subjects;

/// <summary>Finds whose an identifier is. One that is still known under an older key of the deployment is moved to the newest one.</summary>
internal sealed class IdentityFinder(IGrainFactory grains, ServedIdentities served)
{
    /// <summary>The one customer that the identifier names; absent if it is nobody's, unverified, or shared by two people.</summary>
    public async ValueTask<CustomerKey?> Owner(IdentityKeys keys)
    {
        var state = await Find(keys);
        if (IdentityRules.Resolve(state) is { } owner)
        {
            return owner;
        }

        return IdentityRules.Pair(state) is { } pair && await AreOne(pair.One, pair.Other) ? pair.One : null;
    }

    /// <summary>Whose it is.</summary>
    public async ValueTask<IdentityState> Find(IdentityKeys keys)
    {
        var state = await served.Find(keys.Current);
        if (!state.Holders.IsEmpty)
        {
            return state;
        }

        foreach (var older in keys.Older)
        {
            if (await served.Find(older) is { Holders.IsEmpty: false } known)
            {
                return await Rekey(older, keys.Current, known);
            }
        }

        return state;
    }

    /// <summary>
    /// In an order in which, wherever it stops, the customers' own lists name every identity that names them: an erasure finds both.
    /// </summary>
    private async Task<IdentityState> Rekey(string from, string to, IdentityState known)
    {
        foreach (var holder in known.Holders)
        {
            await Customer(holder.Customer).Rekey(from, to, isDone: false);
        }

        await grains.GetGrain<IIdentityGrain>(to).TakeOver(known);
        foreach (var holder in known.Holders)
        {
            await grains.GetGrain<IIdentityGrain>(from).Unlink(holder.Customer);
            await Customer(holder.Customer).Rekey(from, to, isDone: true);
        }

        return await grains.GetGrain<IIdentityGrain>(to).Get();
    }

    private async Task<bool> AreOne(CustomerKey one, CustomerKey other) =>
        (await Customer(one).GetConsent()).Merge?.Customer == other && (await Customer(other).GetConsent()).Merge?.Customer == one;

    private ICustomerGrain Customer(CustomerKey key) => grains.GetGrain<ICustomerGrain>(key.Value);
}
