using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain.Common;

namespace CustomerContext.Grains.Interactions;

/// <summary>Keys of interactions: a keyed hash of tenant and id, so that no id of a company's systems is in the key of a grain.</summary>
/// <param name="secret">A secret of the deployment that is used for nothing else.</param>
public sealed class InteractionKeys(byte[] secret)
{
    private const int KeyBytes = 16;

    /// <summary>The key of the interaction that <paramref name="tenant"/> calls <paramref name="id"/>: 32 lower-case hexadecimal digits.</summary>
    public string Of(TenantId tenant, string id) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{tenant.Value}\n{id}")).AsSpan(0, KeyBytes));
}
