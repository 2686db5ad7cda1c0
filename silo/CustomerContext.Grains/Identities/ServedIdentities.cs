using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Serving;
using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Grains.Identities;

/// <summary>The identifiers of this silo whose grains let be answered whose they are without a call: <see cref="ServedIdentity"/>. Somebody's and nobody's alike, so that time tells nothing.</summary>
/// <remarks>Safe for use from many threads.</remarks>
public sealed class ServedIdentities(IGrainFactory grains, FailureReport failures) : IActivationWorkingSetObserver
{
    private readonly ServedGrains<ServedIdentity> _served = new("an identifier", key => grains.Get<IIdentityGrain>(key).Get().AsTask(), failures);

    /// <summary>Whose the identifier of this key is.</summary>
    public ValueTask<IdentityState> Find(string key) =>
        _served.Find(key, out var served) && served.Find() is { } state ? ValueTask.FromResult(state) : grains.Get<IIdentityGrain>(key).Get();

    /// <summary>Lets be answered without the grain whose the identifier is.</summary>
    internal void Add(ServedIdentity served) => _served.Add(served);

    /// <inheritdoc/>
    void IActivationWorkingSetObserver.OnDeactivating(IActivationWorkingSetMember member) => _served.OnDeactivating(member);
}
