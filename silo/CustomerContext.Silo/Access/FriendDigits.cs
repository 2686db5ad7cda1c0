using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Access;

/// <summary>Friend codes: digits that follow from the deployment's secret, the customer and the request, so that a repeat gets the same ones; what is kept of them is a keyed hash.</summary>
internal sealed class FriendDigits(DeploymentKey key)
{
    private readonly byte[] _make = key.Derive("friend codes");
    private readonly byte[] _hash = key.Derive("hashes of friend codes");

    /// <summary>The codes of a request, the first to be tried first: others may have the same digits.</summary>
    public ImmutableArray<string> Make(CustomerKey customer, string requestId) =>
        [.. Enumerable.Range(0, Limits.Ties.FriendCodeAttempts).Select(attempt => Digits($"{customer.Value}/{attempt}/{requestId}"))];

    /// <summary>What is kept of a code.</summary>
    public string KeyOf(string code) => Convert.ToHexStringLower(HMACSHA256.HashData(_hash, Encoding.UTF8.GetBytes(code)).AsSpan(0, 16));

    private string Digits(string what)
    {
        var drawn = BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(_make, Encoding.UTF8.GetBytes(what)));
        return (drawn % (ulong)Math.Pow(10, Limits.Ties.FriendCodeDigits)).ToString($"D{Limits.Ties.FriendCodeDigits}", CultureInfo.InvariantCulture);
    }
}
