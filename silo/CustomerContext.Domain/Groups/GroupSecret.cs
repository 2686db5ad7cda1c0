using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Groups;

/// <summary>
/// The deployment's secret for groups. Pseudonyms, the minute at which a group releases, and the seed of each release's noise are derived from it, each by
/// HMAC-SHA256 under the key with a label of its own. So they stay the same as long as the key does.
/// </summary>
/// <param name="key">At least 32 bytes.</param>
public sealed class GroupSecret(ReadOnlyMemory<byte> key)
{
    private const int MinutesOfDay = 24 * 60;

    /// <summary>How <paramref name="group"/> knows <paramref name="customer"/>.</summary>
    public Pseudonym Pseudonym(CustomerKey customer, GroupId group)
    {
        var mac = Mac($"pseudonym\n{customer.Value}\n{group}");
        return new Pseudonym(BinaryPrimitives.ReadUInt64BigEndian(mac), BinaryPrimitives.ReadUInt64BigEndian(mac.AsSpan(sizeof(ulong))));
    }

    /// <summary>The minute of the day, 0 to 1439 in UTC, at which <paramref name="group"/> releases.</summary>
    public int ReleaseMinute(GroupId group) => (int)(BinaryPrimitives.ReadUInt64BigEndian(Mac($"minute\n{group}")) % MinutesOfDay);

    /// <summary>The seed of the release that <paramref name="group"/> makes at <paramref name="time"/>, one of its release times.</summary>
    /// <remarks>It does not depend on the audience: where two audiences have the same members, they get the same noise, so reading both tells no more than one.</remarks>
    public ReleaseSeed Seed(GroupId group, DateTimeOffset time)
    {
        var mac = Mac($"release\n{group.Kind}/{group.Name}\n{time.ToUnixTimeSeconds()}");
        return new ReleaseSeed(BinaryPrimitives.ReadUInt64BigEndian(mac), BinaryPrimitives.ReadUInt64BigEndian(mac.AsSpan(sizeof(ulong))));
    }

    private byte[] Mac(string text) => HMACSHA256.HashData(key.Span, Encoding.UTF8.GetBytes(text));
}

/// <summary>
/// A member as one group knows them: 128 bits drawn by <see cref="GroupSecret"/>. The same member has another one in every group, and none leads back.
/// </summary>
[GenerateSerializer, Immutable, Alias("Pseudonym")]
public readonly record struct Pseudonym([property: Id(0)] ulong High, [property: Id(1)] ulong Low) : IComparable<Pseudonym>
{
    /// <inheritdoc/>
    public int CompareTo(Pseudonym other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>True if <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(Pseudonym left, Pseudonym right) => left.CompareTo(right) < 0;

    /// <summary>True if <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(Pseudonym left, Pseudonym right) => left.CompareTo(right) > 0;

    /// <summary>True if <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(Pseudonym left, Pseudonym right) => left.CompareTo(right) <= 0;

    /// <summary>True if <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(Pseudonym left, Pseudonym right) => left.CompareTo(right) >= 0;
}

/// <summary>128 secret bits from which the noise of one release is drawn.</summary>
[GenerateSerializer, Immutable, Alias("ReleaseSeed")]
public readonly record struct ReleaseSeed([property: Id(0)] ulong High, [property: Id(1)] ulong Low);
