using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Access;

/// <summary>
/// Subject identifiers (RFC 9493) as keyed hashes, which are the keys of identity grains: <c>key id.hash</c>, HMAC-SHA-256 in lower-case hexadecimal.
/// The plain identifier is never stored. Parts are joined with their lengths, so no two identifiers share a text to hash.
/// </summary>
internal sealed class IdentifierHash(DeploymentKey key)
{
    private const int KeyBytes = 16;

    private readonly byte[] _key = key.Derive("identifiers");

    /// <summary><c>iss_sub</c>: both exact.</summary>
    public string OfIssuerSubject(string issuer, string subject) => Hash("iss_sub", issuer, subject);

    /// <summary><c>email</c>: the domain in lower case, the local part exact (RFC 5321, 2.4).</summary>
    public string OfEmail(string email)
    {
        var at = email.LastIndexOf('@');
        return Hash("email", email[..at], email[(at + 1)..].ToLowerInvariant());
    }

    /// <summary><c>phone_number</c>: E.164.</summary>
    public string OfPhone(string phone) => Hash("phone_number", phone);

    /// <summary><c>opaque</c>: exact, and inside one tenant.</summary>
    public string OfOpaque(TenantId tenant, string id) => Hash("opaque", tenant.Value, id);

    /// <summary>A customer key that belongs to nobody, always the same for the same <paramref name="name"/>.</summary>
    public CustomerKey Nobody(string name) => new(Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"nobody {name}")).AsSpan(0, KeyBytes)));

    private string Hash(params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        return $"{key.KeyId}.{Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text.ToString())))}";
    }
}
