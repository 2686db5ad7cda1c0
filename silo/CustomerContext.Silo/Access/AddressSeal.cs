using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Access;

/// <summary>Encrypts the address to which a customer wants mail (AES-256-GCM, under a key of the deployment, bound to the customer), so that no store holds it in the clear.</summary>
internal sealed class AddressSeal(DeploymentKey key)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _key = key.Derive("addresses for mail about looks");

    /// <summary>The id of a mail, the same for a repeat, that leads to nobody.</summary>
    public string IdOf(CustomerKey customer, long sequence) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{customer.Value}/{sequence}")).AsSpan(0, 16));

    /// <summary>Encrypts an address of this customer.</summary>
    public ImmutableArray<byte> Seal(CustomerKey customer, string address)
    {
        var (plain, nonce, tag) = (Encoding.UTF8.GetBytes(address), RandomNumberGenerator.GetBytes(NonceBytes), new byte[TagBytes]);
        var cipher = new byte[plain.Length];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(nonce, plain, cipher, tag, Encoding.UTF8.GetBytes(customer.Value));
        return [.. nonce, .. tag, .. cipher];
    }

    /// <summary>The address of this customer.</summary>
    /// <exception cref="CryptographicException">It is not theirs.</exception>
    public string Open(CustomerKey customer, ReadOnlySpan<byte> sealedBytes)
    {
        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Decrypt(sealedBytes[..NonceBytes], sealedBytes[(NonceBytes + TagBytes)..], sealedBytes.Slice(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(customer.Value));
        return Encoding.UTF8.GetString(plain);
    }
}
