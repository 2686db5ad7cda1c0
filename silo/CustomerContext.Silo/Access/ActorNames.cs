using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Access;

/// <summary>Stable pseudonyms of a tenant's agents and services for the disclosure log: the same actor is always the same 16 hexadecimal digits, and not the name.</summary>
internal sealed class ActorNames
{
    private const int Bytes = 8;

    private readonly byte[] _key;
    private readonly BoundedCache<(TenantId Tenant, string Actor), string> _names = new(Limits.Access.NamesRemembered);

    public ActorNames(DeploymentKey key) => _key = key.Derive("actors");

    /// <summary>The pseudonym of <paramref name="actor"/> of <paramref name="tenant"/>.</summary>
    public string For(TenantId tenant, string actor) => _names.GetOrAdd((tenant, actor), named => Hash($"{named.Tenant.Value}/{named.Actor}"));

    private string Hash(string name) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(name)).AsSpan(0, Bytes));
}
