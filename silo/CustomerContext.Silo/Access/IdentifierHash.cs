using System.Collections.Immutable;
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

    private readonly byte[] _nobody = key.Identifiers[^1].Key;

    /// <summary><c>iss_sub</c>: both exact.</summary>
    public IdentityKeys OfIssuerSubject(string issuer, string subject) => Hash("iss_sub", issuer, subject);

    /// <summary><c>email</c>: the domain in lower case, the local part exact (RFC 5321, 2.4).</summary>
    public IdentityKeys OfEmail(string email) => Hash(EmailParts(email));

    /// <summary><c>phone_number</c>: E.164.</summary>
    public IdentityKeys OfPhone(string phone) => Hash("phone_number", phone);

    /// <summary><c>opaque</c>: exact, and inside one tenant.</summary>
    public IdentityKeys OfOpaque(TenantId tenant, string id) => Hash("opaque", tenant.Value, id);

    /// <summary>An address whose link was followed: it proves the address to that tenant and to nobody else. Parts as of the identity itself, inside one tenant.</summary>
    public IdentityKeys OfJoinedEmail(TenantId tenant, string email) => Hash(["joined", tenant.Value, .. EmailParts(email)]);

    /// <summary>The same of a phone number.</summary>
    public IdentityKeys OfJoinedPhone(TenantId tenant, string phone) => Hash("joined", tenant.Value, "phone_number", phone);

    /// <summary>A customer key that belongs to nobody, always the same for the same <paramref name="name"/>.</summary>
    public CustomerKey Nobody(string name) => new(Convert.ToHexStringLower(HMACSHA256.HashData(_nobody, Encoding.UTF8.GetBytes($"nobody {name}")).AsSpan(0, KeyBytes)));

    private static string[] EmailParts(string email)
    {
        var at = email.LastIndexOf('@');
        return ["email", email[..at], email[(at + 1)..].ToLowerInvariant()];
    }

    private IdentityKeys Hash(params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        var newest = key.Identifiers[0];
        return key.Identifiers.Length == 1
            ? new IdentityKeys(Hash(newest, bytes), [])
            : new IdentityKeys(Hash(newest, bytes), [.. key.Identifiers.Skip(1).Select(older => Hash(older, bytes))]);
    }

    private static string Hash(IdentifierKey key, byte[] text) => $"{key.Id}.{Convert.ToHexStringLower(HMACSHA256.HashData(key.Key, text))}";
}

/// <summary>The keys of one identity.</summary>
/// <param name="Current">Under the deployment's newest key: where it belongs.</param>
/// <param name="Older">Under its older keys, newest first: where it may still be.</param>
internal readonly record struct IdentityKeys(string Current, ImmutableArray<string> Older);
