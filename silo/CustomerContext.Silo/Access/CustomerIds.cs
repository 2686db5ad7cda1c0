using System.Collections.Concurrent;
using System.Security.Cryptography;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Access;

/// <summary>
/// Pairwise customer ids: what a tenant calls a customer, 32 lower-case hexadecimal digits. It is the customer key (128 bits) encrypted as one AES-256
/// block under a key of the tenant: a permutation, so two tenants cannot compare ids, nothing is stored, and an invented id is just an unknown person.
/// </summary>
internal sealed class CustomerIds(DeploymentKey key)
{
    private const int Digits = 32;

    /// <summary>Within which a customer's id for themselves means something: a tenant of no name, which no tenant is.</summary>
    public static TenantId Own { get; } = new("");

    private readonly ConcurrentDictionary<TenantId, byte[]> _keys = new();
    private readonly BoundedCache<(TenantId Tenant, string Customer), string> _ids = new(Limits.Access.NamesRemembered);
    private readonly BoundedCache<(TenantId Tenant, string Id), CustomerKey> _customers = new(Limits.Access.NamesRemembered);

    /// <summary>The id of <paramref name="customer"/> for <paramref name="tenant"/>; absent: for the customer themselves (<see cref="Own"/>).</summary>
    public string For(TenantId? tenant, CustomerKey customer) =>
        _ids.GetOrAdd((tenant ?? Own, customer.Value), named => Encrypt(named.Tenant, named.Customer));

    /// <summary>The customer that <paramref name="tenant"/> calls <paramref name="id"/>; absent if the text has not the shape of an id.</summary>
    public CustomerKey? Read(TenantId tenant, string id) =>
        id.Length == Digits && id.All(char.IsAsciiHexDigitLower)
            ? _customers.GetOrAdd((tenant, id), named => new CustomerKey(Decrypt(named.Tenant, named.Id)))
            : null;

    private string Encrypt(TenantId tenant, string customer)
    {
        using var aes = CipherOf(tenant);
        return Convert.ToHexStringLower(aes.EncryptEcb(Convert.FromHexString(customer), PaddingMode.None));
    }

    private string Decrypt(TenantId tenant, string id)
    {
        using var aes = CipherOf(tenant);
        return Convert.ToHexStringLower(aes.DecryptEcb(Convert.FromHexString(id), PaddingMode.None));
    }

    private Aes CipherOf(TenantId tenant)
    {
        var aes = Aes.Create();
        aes.Key = _keys.GetOrAdd(tenant, id => key.Derive($"customer ids of {id.Value}"));
        return aes;
    }
}
