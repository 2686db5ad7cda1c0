using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
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

/// <summary>The idempotency window: which signals were taken.</summary>
internal static class WindowRules
{
    private const int FingerprintBytes = 5;

    // Four bytes a character at most, over the key, the source and the id of a well-formed signal, and their three lengths.
    private const int MostBytes = (4 * (32 + Limits.Signals.SourceCharacters + Limits.Signals.IdCharacters)) + (3 * sizeof(int));

    /// <summary>
    /// The entry of a signal. Its fingerprint is the beginning of SHA-256 over the customer's key, the source and the id, each preceded by its
    /// length in UTF-8 bytes (four bytes, big-endian); the key is a secret, so nobody can make ids collide on purpose.
    /// </summary>
    public static WindowEntry EntryOf(CustomerKey customer, Signal signal)
    {
        Span<byte> bytes = stackalloc byte[MostBytes];
        var length = 0;
        foreach (var part in (ReadOnlySpan<string>)[customer.Value, signal.Source.Value, signal.Id])
        {
            var size = Encoding.UTF8.GetBytes(part, bytes[(length + sizeof(int))..]);
            BinaryPrimitives.WriteInt32BigEndian(bytes[length..], size);
            length += sizeof(int) + size;
        }

        Span<byte> padded = stackalloc byte[sizeof(long) - FingerprintBytes + SHA256.HashSizeInBytes];
        padded.Clear();
        SHA256.HashData(bytes[..length], padded[(sizeof(long) - FingerprintBytes)..]);
        return new WindowEntry(signal.OccurredAt.ToUnixTimeSeconds(), BinaryPrimitives.ReadInt64BigEndian(padded));
    }

    /// <summary>True if a signal of the same source and id was taken, whatever its time.</summary>
    public static bool Contains(SignalWindow window, WindowEntry entry)
    {
        foreach (ref readonly var taken in window.Entries.AsSpan())
        {
            if (taken.Fingerprint == entry.Fingerprint)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The window that a signal belongs to.</summary>
    public static SignalWindow Of(CustomerState state, Signal signal) => signal is BehaviourSignal ? state.Behaviours : state.Window;

    /// <summary>
    /// The state with <paramref name="entry"/> in the window of <paramref name="signal"/>; beyond 512 signals or 4 KiB (behaviour: 64 or 512 bytes) the smallest
    /// leave and become the horizon.
    /// </summary>
    public static CustomerState Add(CustomerState state, Signal signal, WindowEntry entry) => signal is BehaviourSignal
        ? state with { Behaviours = Add(state.Behaviours, entry, Limits.Customers.BehaviourWindowSignals, Limits.Customers.BehaviourWindowBytes) }
        : state with { Window = Add(state.Window, entry) };

    /// <summary>The window with <paramref name="entry"/>; beyond 512 signals or 4 KiB the smallest leave and become the horizon.</summary>
    public static SignalWindow Add(SignalWindow window, WindowEntry entry) => Add(window, entry, Limits.Customers.WindowSignals, Limits.Customers.WindowBytes);

    private static SignalWindow Add(SignalWindow window, WindowEntry entry, int most, int bytes)
    {
        var entries = window.Entries.Insert(~window.Entries.BinarySearch(entry), entry);
        var horizon = window.Horizon;
        while (entries.Length > most || StateSize.OfWindow(entries) > bytes)
        {
            horizon = entries[0];
            entries = entries.RemoveAt(0);
        }

        return new SignalWindow(entries, horizon);
    }
}
