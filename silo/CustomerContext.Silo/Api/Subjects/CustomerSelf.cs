using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Grains;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Identities;
using CustomerContext.Silo.Access;
using Orleans;

namespace CustomerContext.Silo.Api.Subjects;

/// <summary>Finds the customer that calls, by their token alone.</summary>
internal sealed class CustomerSelf(IGrainFactory grains, IdentifierHash hash, IEntropy entropy)
{
    private const int KeyBytes = 16;

    /// <summary>
    /// Within which a customer's own ids of other people mean something: no tenant's name has a ':' in it.
    /// </summary>
    public static TenantId ScopeOf(ICustomerGrain customer) => ScopeOf(new CustomerKey(customer.GetPrimaryKeyString()));

    /// <summary>The same, of a key.</summary>
    public static TenantId ScopeOf(CustomerKey customer) => new($"customer:{customer}");

    /// <summary>The caller's grain; absent if the caller is no customer yet.</summary>
    public async ValueTask<ICustomerGrain?> Find(CustomerCaller caller) =>
        await grains.GetGrain<IIdentityGrain>(hash.OfIssuerSubject(caller.Issuer, caller.Subject)).Resolve() is { } customer
            ? grains.GetGrain<ICustomerGrain>(customer.Value)
            : null;

    /// <summary>The caller's grain. Who is no customer yet becomes one; e-mail and phone that the issuer verified become theirs.</summary>
    public async Task<Outcome<ICustomerGrain>> FindOrBecome(CustomerCaller caller)
    {
        var newcomer = new CustomerKey(Convert.ToHexStringLower(entropy.Bytes(KeyBytes).AsSpan()));
        var claimed = await grains.GetGrain<IIdentityGrain>(hash.OfIssuerSubject(caller.Issuer, caller.Subject)).Claim(newcomer);
        if (!claimed.IsOk)
        {
            return claimed.Refusal;
        }

        foreach (var key in Weak(caller))
        {
            if (await grains.GetGrain<IIdentityGrain>(key).Link(claimed.Value, verified: true) is { } refusal)
            {
                return refusal;
            }
        }

        // An interface cannot convert implicitly, hence the named form.
        return Outcome<ICustomerGrain>.Ok(grains.GetGrain<ICustomerGrain>(claimed.Value.Value));
    }

    /// <summary>Keys of the identities that the token proves to be the caller's; the one that leads back to the customer comes last.</summary>
    public ImmutableArray<string> Identities(CustomerCaller caller) => [.. Weak(caller), hash.OfIssuerSubject(caller.Issuer, caller.Subject)];

    private IEnumerable<string> Weak(CustomerCaller caller) => new[]
    {
        caller.VerifiedEmail is { } email ? hash.OfEmail(email) : null,
        caller.VerifiedPhone is { } phone ? hash.OfPhone(phone) : null,
    }.OfType<string>();
}
