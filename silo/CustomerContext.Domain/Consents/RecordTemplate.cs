using System.Buffers.Text;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace CustomerContext.Domain.Consents;

/// <summary>A record of which only the time is left open: who looks again at what has not changed leaves the same bytes but for that.</summary>
public sealed class RecordTemplate
{
    private const string TimeName = "\"at\":\"";

    /// <summary>Characters of an instant in UTC with seven digits of its second, as in 2026-11-30T06:12:59.1234567Z.</summary>
    private const int LongestTime = 28;

    private readonly byte[] _before;
    private readonly byte[] _after;

    /// <summary>Takes all of <paramref name="record"/> but its time.</summary>
    public RecordTemplate(DisclosureRecord record)
    {
        // Before the time stands the kind alone, a word of ours, so the first of this name is the record's own.
        var bytes = record.ToBytes().AsSpan();
        var start = bytes.IndexOf(Encoding.UTF8.GetBytes(TimeName)) + TimeName.Length;
        _before = bytes[..start].ToArray();
        _after = bytes[(start + bytes[start..].IndexOf((byte)'"'))..].ToArray();
    }

    /// <summary>What <see cref="DisclosureRecord.ToBytes"/> gives for the same record at <paramref name="at"/>.</summary>
    public ImmutableArray<byte> At(DateTimeOffset at)
    {
        Span<byte> time = stackalloc byte[LongestTime];
        Utf8Formatter.TryFormat(at.UtcDateTime, time, out _, 'O');

        // JSON has no zeros at the end of a fraction, nor a fraction of nothing.
        var digits = time[..^1].TrimEnd((byte)'0').TrimEnd((byte)'.');
        var bytes = new byte[_before.Length + digits.Length + 1 + _after.Length];
        _before.CopyTo(bytes, 0);
        digits.CopyTo(bytes.AsSpan(_before.Length));
        bytes[_before.Length + digits.Length] = (byte)'Z';
        _after.CopyTo(bytes, _before.Length + digits.Length + 1);
        return ImmutableCollectionsMarshal.AsImmutableArray(bytes);
    }
}
