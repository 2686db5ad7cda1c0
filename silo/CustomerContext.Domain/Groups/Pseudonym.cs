using Orleans;

namespace CustomerContext.Domain.Groups;

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
