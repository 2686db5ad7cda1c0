namespace CustomerContext.Benchmarks.Output;

/// <summary>A table in plain text: the first column to the left, the others to the right.</summary>
internal static class Table
{
    /// <summary>Prints <paramref name="rows"/>, the first of which is the heading.</summary>
    public static void Print(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            Console.WriteLine(string.Join("   ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        }
    }
}
