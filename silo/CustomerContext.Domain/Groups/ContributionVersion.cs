using Orleans;

namespace CustomerContext.Domain.Groups;

/// <summary>Which of a member's contributions to a group is the latest: by consent epoch, then by the member's own count.</summary>
/// <param name="Epoch">The consent under which it was made, so that what was made before a withdrawal never counts after it.</param>
/// <param name="Number">Grows with every message of the member, from 1.</param>
[GenerateSerializer, Immutable, Alias("ContributionVersion")]
public readonly record struct ContributionVersion([property: Id(0)] long Epoch, [property: Id(1)] long Number) : IComparable<ContributionVersion>
{
    /// <inheritdoc/>
    public int CompareTo(ContributionVersion other) => Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Number.CompareTo(other.Number);

    /// <summary>True if <paramref name="left"/> is older.</summary>
    public static bool operator <(ContributionVersion left, ContributionVersion right) => left.CompareTo(right) < 0;

    /// <summary>True if <paramref name="left"/> is newer.</summary>
    public static bool operator >(ContributionVersion left, ContributionVersion right) => left.CompareTo(right) > 0;

    /// <summary>True if <paramref name="left"/> is not newer.</summary>
    public static bool operator <=(ContributionVersion left, ContributionVersion right) => left.CompareTo(right) <= 0;

    /// <summary>True if <paramref name="left"/> is not older.</summary>
    public static bool operator >=(ContributionVersion left, ContributionVersion right) => left.CompareTo(right) >= 0;
}
