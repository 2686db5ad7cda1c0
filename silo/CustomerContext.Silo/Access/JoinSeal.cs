using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using CustomerContext.V1;
using Google.Protobuf;

namespace CustomerContext.Silo.Access;

/// <summary>
/// Encrypts what a message needs while it waits to be sent (AES-256-GCM, under a key of the deployment, bound to the request), so that no store holds an address in the clear.
/// </summary>
internal sealed class JoinSeal(DeploymentKey key)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _key = key.Derive("messages that wait");

    /// <summary>Encrypts it for the request <paramref name="joinKey"/>.</summary>
    public ImmutableArray<byte> Seal(string joinKey, SealedJoin content)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(new Form(content.Subject?.ToByteArray(), content.Code, content.Proof));
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        var (cipher, tag) = (new byte[plain.Length], new byte[TagBytes]);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(nonce, plain, cipher, tag, Convert.FromHexString(joinKey));
        return [.. nonce, .. tag, .. cipher];
    }

    /// <summary>What was encrypted for the request <paramref name="joinKey"/>.</summary>
    /// <exception cref="CryptographicException">It was not.</exception>
    public SealedJoin Open(string joinKey, ReadOnlySpan<byte> sealedBytes)
    {
        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Decrypt(sealedBytes[..NonceBytes], sealedBytes[(NonceBytes + TagBytes)..], sealedBytes.Slice(NonceBytes, TagBytes), plain, Convert.FromHexString(joinKey));
        var form = JsonSerializer.Deserialize<Form>(plain)!;
        return new SealedJoin(form.Subject is { } subject ? SubjectIdentifier.Parser.ParseFrom(subject) : null, form.Code, form.Proof);
    }

    private sealed record Form(byte[]? Subject, string Code, string Proof);
}

/// <summary>Whom a tenant named (absent: nobody), and what the link in the message holds.</summary>
internal sealed record SealedJoin(SubjectIdentifier? Subject, string Code, string Proof);
