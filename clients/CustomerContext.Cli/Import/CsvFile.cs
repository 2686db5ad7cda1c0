using System.Runtime.CompilerServices;
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

    private readonly FileStream _file = file.OpenRead();

    public long Position => _file.Position;

    public async IAsyncEnumerable<ReplayLine> ReadAsync(long doneLines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var malformed = new Queue<CsvMalformedRecord>();
        var options = new CsvReaderOptions
        {
            TrackLineNumbers = true,
            MaxRecordSize = MostRowBytes,
            MalformedData = CsvMalformedDataHandling.Skip,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = malformed.Enqueue,
        };
        await using var rows = CsvReader.Create(_file, options, leaveOpen: true);
        await rows.ReadHeaderAsync(cancellation);
        var columns = map.Columns.ToDictionary(column => column, column => PlaceOf(column, rows.Headers), StringComparer.Ordinal);
        bool isRow;
        do
        {
            isRow = await NextAsync(rows, cancellation);
            foreach (var line in RefusedOf(malformed).Concat(isRow ? RowSignals.Of(map, rows.LineNumber, column => rows.GetString(columns[column]), time.GetUtcNow()) : []))
            {
                if (line.Number > doneLines)
                {
                    yield return line;
                }
            }
        }
        while (isRow);
    }

    public void Dispose() => _file.Dispose();

    private async Task<bool> NextAsync(CsvReader rows, CancellationToken cancellation)
    {
        try
        {
            return await rows.ReadAsync(cancellation);
        }
        catch (CsvFormatException)
        {
            throw new UsageException($"{file.Name}: after line {rows.LineNumber} comes a row of more than {MostRowBytes:N0} bytes; perhaps a quote is never closed");
        }
    }

    private static IEnumerable<ReplayLine> RefusedOf(Queue<CsvMalformedRecord> malformed)
    {
        while (malformed.TryDequeue(out var record))
        {
            yield return new ReplayLine.Refused(
                record.LineNumber,
                ReplayLine.MalformedLine,
                record.Reason == CsvMalformedReason.FieldCountMismatch ? "has not as many fields as the first line" : "has a quote where none may be");
        }
    }

    private int PlaceOf(string column, IReadOnlyList<string> headers)
    {
        int[] places = [.. Enumerable.Range(0, headers.Count).Where(place => headers[place].Trim() == column)];
        return places is [var only] ? only : throw new UsageException(places.Length == 0
            ? $"{file.Name} has no column '{column}'; its first line must name the columns, letter by letter as the map does"
            : $"{file.Name} has the column '{column}' more than once");
    }
}
