using System.Collections.Immutable;
using Google.Protobuf.Collections;

namespace CustomerContext.Storage.Payloads;

/// <summary>Rows of numbers in one flat list, as the proto files describe it.</summary>
internal static class Rows
{
    /// <summary>Appends rows of <paramref name="width"/> numbers each, the first of which ascends.</summary>
    public static void Write<T>(RepeatedField<long> list, ImmutableArray<T> rows, int width, Action<T, Span<long>> fill)
    {
        Span<long> row = stackalloc long[width];
        var last = 0L;
        foreach (var value in rows)
        {
            fill(value, row);
            (last, row[0]) = (row[0], row[0] - last);
            foreach (var number in row)
            {
                list.Add(number);
            }
        }
    }

    /// <summary>The rows that <see cref="Write"/> wrote.</summary>
    /// <exception cref="PayloadException">The list does not consist of whole rows.</exception>
    public static ImmutableArray<T> Read<T>(RepeatedField<long> list, int width, Func<ReadOnlySpan<long>, T> make)
    {
        if (list.Count % width != 0)
        {
            throw new PayloadException("A stored list has a row that is not whole.");
        }

        Span<long> row = stackalloc long[width];
        var last = 0L;
        var rows = ImmutableArray.CreateBuilder<T>(list.Count / width);
        for (var at = 0; at < list.Count; at += width)
        {
            for (var index = 0; index < width; index++)
            {
                row[index] = list[at + index];
            }

            last = row[0] += last;
            rows.Add(make(row));
        }

        return rows.MoveToImmutable();
    }
}
