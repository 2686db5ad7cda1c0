using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Silo.Access;

/// <summary>
/// Codes that are read out or sent: <see cref="Limits.Consents.CodeDigits"/> digits. A code follows from the deployment's secret, the customer and the request that makes it, so
/// that a repeated request gets the same one and no store ever holds it; what is kept is its keyed hash, under another key.
/// </summary>
internal sealed class SecretCodes(DeploymentKey key)
{
    private readonly byte[] _make = key.Derive("codes");
    private readonly byte[] _hash = key.Derive("hashes of codes");

    /// <summary>The code of a request of this customer's. Of 2^64 values 10^8 are made, so none is likelier than another by more than 1 in 10^11.</summary>
    public string Make(CustomerKey customer, string requestId)
    {
        var drawn = BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(_make, Encoding.UTF8.GetBytes($"{customer.Value}/{requestId}")));
        return (drawn % (ulong)Math.Pow(10, Limits.Consents.CodeDigits)).ToString($"D{Limits.Consents.CodeDigits}", CultureInfo.InvariantCulture);
    }

    /// <summary>What is kept of a code of this customer's.</summary>
    public Digest Hash(CustomerKey customer, string code) =>
        Digest.Read(HMACSHA256.HashData(_hash, Encoding.UTF8.GetBytes($"{customer.Value}/{code}")));

    /// <summary>The digits of a code as people write and paste it: without the spaces, dashes and invisible characters around and between them.</summary>
    public static string Digits(string code) => new([.. code.Where(c => !char.IsWhiteSpace(c)
        && char.GetUnicodeCategory(c) is not (UnicodeCategory.DashPunctuation or UnicodeCategory.Format))]);
}
