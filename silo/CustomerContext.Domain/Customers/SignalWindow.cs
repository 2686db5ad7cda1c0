using System.Collections.Immutable;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>The signals taken lately, newest by when they occurred, so that each counts once.</summary>
/// <param name="Entries">At most 512, ascending.</param>
/// <param name="Horizon">The greatest entry that has left; whatever is not greater and not in the window is too late. Absent if none left.</param>
[GenerateSerializer, Immutable, Alias("SignalWindow")]
public sealed record SignalWindow(
    [property: Id(0)] ImmutableArray<WindowEntry> Entries,
    [property: Id(1)] WindowEntry? Horizon)
{
    /// <summary>Nothing taken yet.</summary>
    public static SignalWindow Empty { get; } = new([], null);
}

/// <summary>One signal taken.</summary>
/// <param name="Second">Unix second in which it occurred.</param>
/// <param name="Fingerprint">40 bits: the first five bytes of a SHA-256 over customer, source and id, big-endian.</param>
[GenerateSerializer, Immutable, Alias("WindowEntry")]
public readonly record struct WindowEntry([property: Id(0)] long Second, [property: Id(1)] long Fingerprint) : IComparable<WindowEntry>
{
    /// <inheritdoc/>
    public int CompareTo(WindowEntry other) =>
        Second != other.Second ? Second.CompareTo(other.Second) : Fingerprint.CompareTo(other.Fingerprint);

    /// <summary>True if <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(WindowEntry left, WindowEntry right) => left.CompareTo(right) < 0;

    /// <summary>True if <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(WindowEntry left, WindowEntry right) => left.CompareTo(right) > 0;

    /// <summary>True if <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(WindowEntry left, WindowEntry right) => left.CompareTo(right) <= 0;

    /// <summary>True if <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(WindowEntry left, WindowEntry right) => left.CompareTo(right) >= 0;
}
