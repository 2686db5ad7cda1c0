using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Joins;
using CustomerContext.Grains;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Identities;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using Orleans;

namespace CustomerContext.Silo.Api.Subjects;

/// <summary>Finds the customer that calls, by their token alone.</summary>
internal sealed class CustomerSelf(IGrainFactory grains, IdentityFinder identities, IdentifierHash hash, OwnTokens own, IEntropy entropy, TimeProvider time)
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
        await FindKey(caller) is { } customer ? grains.GetGrain<ICustomerGrain>(customer.Value) : null;

    /// <summary>
    /// The caller's key; absent if the caller is no customer yet. Tokens of this server's own end once the customer can sign in: whoever followed a link of the same company before has one too.
    /// </summary>
    public async ValueTask<CustomerKey?> FindKey(CustomerCaller caller)
    {
        if (own.CustomerOf(caller) is not { } provisional)
        {
            return await identities.Owner(hash.OfIssuerSubject(caller.Issuer, caller.Subject));
        }

        return EnrolRules.HasSignIn(await grains.GetGrain<ICustomerGrain>(provisional.Value).GetConsent()) ? throw RpcErrors.Unauthenticated(TokenFault.Expired) : provisional;
    }

    /// <summary>The caller's grain. Who is no customer yet becomes one.</summary>
    public async Task<Outcome<ICustomerGrain>> FindOrBecome(CustomerCaller caller)
    {
        var keys = hash.OfIssuerSubject(caller.Issuer, caller.Subject);
        if (await FindKey(caller) is not { } customer)
        {
            var newcomer = new CustomerKey(Convert.ToHexStringLower(entropy.Bytes(KeyBytes).AsSpan()));
            var claimed = await grains.GetGrain<IIdentityGrain>(keys.Current).Claim(newcomer);
            if (!claimed.IsOk)
            {
                return claimed.Refusal;
            }

            customer = claimed.Value;
        }

        // An interface cannot convert implicitly, hence the named form.
        return Outcome<ICustomerGrain>.Ok(grains.GetGrain<ICustomerGrain>(customer.Value));
    }

    /// <summary>What the caller's token proves to be theirs: issuer and subject, and e-mail and phone if the issuer verified them. Nothing, if the token is this server's own.</summary>
    public ImmutableArray<LinkedIdentifier> OwnOf(CustomerCaller caller)
    {
        if (own.CustomerOf(caller) is not null)
        {
            return [];
        }

        var now = time.GetUtcNow();
        var proved = ImmutableArray.CreateBuilder<LinkedIdentifier>();
        Add(IdentifierFormat.IssuerSubject, hash.OfIssuerSubject(caller.Issuer, caller.Subject));
        if (caller.VerifiedEmail is { } email)
        {
            Add(IdentifierFormat.Email, hash.OfEmail(email));
        }

        if (caller.VerifiedPhone is { } phone)
        {
            Add(IdentifierFormat.Phone, hash.OfPhone(phone));
        }

        return proved.ToImmutable();

        void Add(IdentifierFormat format, IdentityKeys keys) =>
            proved.Add(new LinkedIdentifier(keys.Current, format, Verification.Verified, null, now));
    }

    /// <summary>Keys of the identities that the token proves to be the caller's; the one that leads back to the customer comes last.</summary>
    public ImmutableArray<string> Identities(CustomerCaller caller) => [.. OwnOf(caller).Reverse().Select(one => one.Key)];
}
