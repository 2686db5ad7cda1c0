using System.Collections.Concurrent;
using System.Security.Cryptography;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Access;

/// <summary>
/// Pairwise customer ids: what a tenant calls a customer, 32 lower-case hexadecimal digits. It is the customer key (128 bits) encrypted as one AES-256
/// block under a key of the tenant: a permutation, so two tenants cannot compare ids, nothing is stored, and an invented id is just an unknown person.
/// </summary>
internal sealed class CustomerIds(DeploymentKey key)
{
    private const int Digits = 32;

    private readonly ConcurrentDictionary<TenantId, byte[]> _keys = new();

    /// <summary>The id of <paramref name="customer"/> for <paramref name="tenant"/>.</summary>
    public string For(TenantId tenant, CustomerKey customer)
    {
        using var aes = CipherOf(tenant);
        return Convert.ToHexStringLower(aes.EncryptEcb(Convert.FromHexString(customer.Value), PaddingMode.None));
    }

    /// <summary>The customer that <paramref name="tenant"/> calls <paramref name="id"/>; absent if the text has not the shape of an id.</summary>
    public CustomerKey? Read(TenantId tenant, string id)
    {
        if (id.Length != Digits || !id.All(char.IsAsciiHexDigitLower))
        {
            return null;
        }

        using var aes = CipherOf(tenant);
        return new CustomerKey(Convert.ToHexStringLower(aes.DecryptEcb(Convert.FromHexString(id), PaddingMode.None)));
    }

    private Aes CipherOf(TenantId tenant)
    {
        var aes = Aes.Create();
        aes.Key = _keys.GetOrAdd(tenant, id => key.Derive($"customer ids of {id.Value}"));
        return aes;
    }
}
