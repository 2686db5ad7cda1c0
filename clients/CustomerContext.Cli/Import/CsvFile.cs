using System.Runtime.CompilerServices;
using System.Text.Unicode;
using CsvHelper;
using CustomerContext.Cli.Replay;

namespace CustomerContext.Cli.Import;

/// <summary>A CSV file with a row of names at its top, UTF-8; the separator (comma, semicolon, tab, bar) is found from the file.</summary>
/// <param name="file">The file.</param>
/// <param name="map">Which columns say what.</param>
/// <param name="time">The clock.</param>
internal sealed class CsvFile(FileInfo file, ImportMap map, TimeProvider time) : ISignalFile
{
    /// <summary>A quote that is never closed must not swallow the file.</summary>
    private const int MostRowBytes = 1_048_576;

    private const string StrayQuote = "has a quote where none may be, or one that is never closed";

    private readonly FileStream _file = file.OpenRead();

    public long Position => _file.Position;

    public async IAsyncEnumerable<ReplayLine> ReadAsync(long doneLines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var hasStrayQuote = false;
        var options = new CsvReaderOptions
        {
            TrackLineNumbers = true,
            MaxRecordSize = MostRowBytes,
            MalformedData = CsvMalformedDataHandling.Recover, // handed out one by one, and refused here
            OnMalformedRecord = _ => hasStrayQuote = true,
        };
        await using var rows = CsvReader.Create(_file, options, leaveOpen: true);
        await SmallAsync(rows, async () =>
        {
            await rows.ReadHeaderAsync(cancellation);
            return true;
        });
        if (hasStrayQuote)
        {
            throw new UsageException($"{file.Name}: its first line {StrayQuote}");
        }

        var columns = map.Columns.ToDictionary(column => column, column => PlaceOf(column, rows.Headers), StringComparer.Ordinal);
        while (await SmallAsync(rows, () => rows.ReadAsync(cancellation).AsTask()))
        {
            var lines = WrongForm(rows, hasStrayQuote) is { } wrong
                ? [new ReplayLine.Refused(rows.LineNumber, ReplayLine.MalformedLine, wrong)]
                : RowSignals.Of(map, rows.LineNumber, column => rows.GetString(columns[column]), time.GetUtcNow());
            hasStrayQuote = false;
            foreach (var line in lines.Where(line => line.Number > doneLines))
            {
                yield return line;
            }
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Reads a row that must not be too large.</summary>
    private async Task<bool> SmallAsync(CsvReader rows, Func<Task<bool>> read)
    {
        try
        {
            return await read();
        }
        catch (CsvFormatException)
        {
            throw new UsageException($"{file.Name}: after line {rows.LineNumber} comes a row of more than {MostRowBytes:N0} bytes; perhaps a quote is never closed");
        }
    }

    /// <summary>What is wrong with the form of a row, and how many lines went with it: a quote that is not closed takes others along. Absent: nothing.</summary>
    private static string? WrongForm(CsvReader rows, bool hasStrayQuote)
    {
        var wrong = hasStrayQuote ? StrayQuote
            : rows.FieldCount != rows.Headers.Count ? "has not as many fields as the first line"
            : Utf8.IsValid(rows.RawRecord) ? null
            : "is no UTF-8";
        var last = rows.LineNumber + rows.RawRecord.TrimEnd("\r\n"u8).Count((byte)'\n');
        return wrong is null || last == rows.LineNumber ? wrong : $"{wrong}; the lines up to {last} went with it";
    }

    private int PlaceOf(string column, IReadOnlyList<string> headers)
    {
        int[] places = [.. Enumerable.Range(0, headers.Count).Where(place => headers[place].Trim() == column)];
        return places is [var only] ? only : throw new UsageException(places.Length == 0
            ? $"{file.Name} has no column '{column}'; its first line must name the columns, letter by letter as the map does"
            : $"{file.Name} has the column '{column}' more than once");
    }
}
