using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>A grant of one customer: 32 lower-case hexadecimal digits.</summary>
[GenerateSerializer, Immutable, Alias("GrantId")]
public readonly record struct GrantId([property: Id(0)] string Value)
{
    /// <summary>
    /// The id of the grant that this request makes: the first 16 bytes of SHA-256 over customer key and request id. So a repeated
    /// request finds its grant without any stored outcome.
    /// </summary>
    public static GrantId For(CustomerKey customer, string requestId)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{customer.Value}/{requestId}"));
        return new GrantId(Convert.ToHexStringLower(digest.AsSpan(0, 16)));
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
