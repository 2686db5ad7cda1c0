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
    private readonly byte[] _key = key.Derive("messages that wait");

    /// <summary>Encrypts it for the request <paramref name="joinKey"/>.</summary>
    public ImmutableArray<byte> Seal(string joinKey, SealedJoin content)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(new Form(content.Subject?.ToByteArray(), content.Code, content.Proof));
        return [.. Sealing.Seal(_key, plain, Convert.FromHexString(joinKey))];
    }

    /// <summary>What was encrypted for the request <paramref name="joinKey"/>.</summary>
    /// <exception cref="CryptographicException">It was not.</exception>
    public SealedJoin Open(string joinKey, ReadOnlySpan<byte> sealedBytes)
    {
        var form = JsonSerializer.Deserialize<Form>(Sealing.Open(_key, sealedBytes, Convert.FromHexString(joinKey)))!;
        return new SealedJoin(form.Subject is { } subject ? SubjectIdentifier.Parser.ParseFrom(subject) : null, form.Code, form.Proof);
    }

    private sealed record Form(byte[]? Subject, string Code, string Proof);
}

/// <summary>Whom a tenant named (absent: nobody), and what the link in the message holds.</summary>
internal sealed record SealedJoin(SubjectIdentifier? Subject, string Code, string Proof);
