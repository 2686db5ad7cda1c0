using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Silo.Access;

/// <summary>
/// The secrets of a request for consent. They follow from the deployment's secret and the tenant's request id, so that a repeated request gets the same ones and no store holds them;
/// what is kept are keyed hashes, under other keys. The code's hash is the key of the grain that keeps the request, so a code leads to it without an index.
/// </summary>
internal sealed class JoinCodes(DeploymentKey key)
{
    private const int KeyBytes = 16;
    private const int DigitsAt = 8;
    private const int ProofAt = 16;

    private readonly byte[] _make = key.Derive("join codes");
    private readonly byte[] _keys = key.Derive("keys of join codes");
    private readonly byte[] _hash = key.Derive("hashes of join secrets");
    private readonly byte[] _newcomers = key.Derive("provisional");
    private readonly byte[] _addresses = key.Derive("addresses of messages");

    /// <summary>The secrets of a tenant's request, at the attempt numbered from 0 at which its code was free.</summary>
    public JoinSecrets Make(TenantId tenant, string requestId, int attempt)
    {
        var drawn = HMACSHA256.HashData(_make, Encoding.UTF8.GetBytes($"{attempt}/{tenant.Value}/{requestId}"));
        return new JoinSecrets(
            Number(drawn, Limits.Joins.CodeDigits), Number(drawn.AsSpan(DigitsAt), Limits.Joins.SpokenDigits), Base64Url.EncodeToString(drawn.AsSpan(ProofAt)));
    }

    /// <summary>The key of the request to which nine digits lead: 32 lower-case hexadecimal digits.</summary>
    public string KeyOf(string code) => Hex(_keys, code);

    /// <summary>True if <paramref name="text"/> has the form of such a key.</summary>
    public static bool IsKey(string text) => text.Length == 2 * KeyBytes && text.All(char.IsAsciiHexDigitLower);

    /// <summary>What is kept of the digits that the agent says.</summary>
    public Digest OfDigits(string joinKey, string digits) => Hash($"digits/{joinKey}/{digits}");

    /// <summary>What is kept of what a link holds beside its code.</summary>
    public Digest OfProof(string joinKey, string proof) => Hash($"proof/{joinKey}/{proof}");

    /// <summary>What is kept of a tenant's request id.</summary>
    public Digest OfRequest(TenantId tenant, string requestId) => Hash($"request/{tenant.Value}/{requestId}");

    /// <summary>What is kept of the content of a call.</summary>
    public Digest OfContent(byte[] content) => Digest.Read(HMACSHA256.HashData(_hash, (byte[])[.. "content/"u8, .. content]));

    /// <summary>
    /// Who somebody new becomes by answering with a request id of their own: the same again after a crash. The tenant can ask under the same code once more when the first request is forgotten, but it
    /// knows neither the request id nor the time, so it never becomes the person who answered before.
    /// </summary>
    /// <param name="joinKey">The request.</param>
    /// <param name="asked">When it was made.</param>
    /// <param name="login">The identity that they signed in with; absent without a sign-in.</param>
    /// <param name="requestId">Theirs.</param>
    public CustomerKey Newcomer(string joinKey, DateTimeOffset asked, string? login, string requestId) =>
        new(Hex(_newcomers, $"{joinKey}/{asked.UtcTicks}/{login}/{requestId}"));

    /// <summary>
    /// The key under which is kept how many messages an address got, and that it wants none. It comes from the deployment's first secret, which stays for ever, so "never again" does too. Capital letters make no other address: most mailboxes do not tell them apart.
    /// </summary>
    public string OfAddress(string kind, string address) => Convert.ToHexStringLower(HMACSHA256.HashData(_addresses, Encoding.UTF8.GetBytes($"{kind}/{address.ToLowerInvariant()}")));

    private Digest Hash(string text) => Digest.Read(HMACSHA256.HashData(_hash, Encoding.UTF8.GetBytes(text)));

    private static string Hex(byte[] key, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)).AsSpan(0, KeyBytes));

    /// <summary>Of 2^64 values so many digits are made, so none is likelier than another by more than 1 in 10^10.</summary>
    private static string Number(ReadOnlySpan<byte> drawn, int digits) =>
        (BinaryPrimitives.ReadUInt64BigEndian(drawn) % (ulong)Math.Pow(10, digits)).ToString($"D{digits}", CultureInfo.InvariantCulture);
}

/// <summary>What a tenant is told, and what a link holds.</summary>
/// <param name="Code">Nine digits.</param>
/// <param name="Digits">Two digits, which the agent says.</param>
/// <param name="Proof">22 characters of A-Z, a-z, 0-9, '-' and '_', in the message's link only.</param>
internal sealed record JoinSecrets(string Code, string Digits, string Proof);
