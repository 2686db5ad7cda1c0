using System.Runtime.CompilerServices;

namespace CustomerContext.Cli.Replay;

/// <summary>
/// Reads a replay file line by line, section by section: a section is a run of lines of one kind.
/// Parses ahead on other threads, since that costs more than sending.
/// </summary>
internal sealed class ReplayReader : IAsyncDisposable
{
    private const int ChunkLines = 500;
    private const int ChunksAhead = 4;

    private readonly FileStream _file;
    private readonly StreamReader _text;
    private readonly IAsyncEnumerator<ReplayLine> _lines;
    private long _number;

    private ReplayReader(FileInfo file, long skippedLines, CancellationToken cancellation)
    {
        _file = file.OpenRead();
        _text = new StreamReader(_file);
        _lines = ParsedAsync(skippedLines, cancellation).GetAsyncEnumerator(cancellation);
    }

    /// <summary>The line that is next. Absent: the end.</summary>
    public ReplayLine? Next { get; private set; }

    /// <summary>How far the file is read, in bytes; a little ahead of <see cref="Next"/>.</summary>
    public long Position => _file.Position;

    public static async Task<ReplayReader> OpenAsync(FileInfo file, long skippedLines, CancellationToken cancellation)
    {
        var reader = new ReplayReader(file, skippedLines, cancellation);
        await reader.MoveAsync();
        return reader;
    }

    /// <summary>The lines of a kind that come next, up to one of another kind; malformed ones go to <paramref name="malformed"/>.</summary>
    public async IAsyncEnumerable<T> SectionAsync<T>(Action<ReplayLine.Malformed> malformed) where T : ReplayLine
    {
        while (Next is T or ReplayLine.Malformed)
        {
            var line = Next;
            await MoveAsync();
            if (line is T wanted)
            {
                yield return wanted;
            }
            else
            {
                malformed((ReplayLine.Malformed)line);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _lines.DisposeAsync();
        _text.Dispose();
    }

    private async Task MoveAsync() => Next = await _lines.MoveNextAsync() ? _lines.Current : null;

    private async IAsyncEnumerable<ReplayLine> ParsedAsync(long skippedLines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (_number < skippedLines && await _text.ReadLineAsync(cancellation) is not null)
        {
            _number++;
        }

        var ahead = new Queue<Task<List<ReplayLine>>>();
        while (true)
        {
            while (ahead.Count < ChunksAhead && await ReadAsync(cancellation) is { Count: > 0 } chunk)
            {
                var last = _number;
                ahead.Enqueue(Task.Run(() => Parse(chunk, last - chunk.Count), cancellation));
            }

            if (!ahead.TryDequeue(out var next))
            {
                yield break;
            }

            foreach (var line in await next)
            {
                yield return line;
            }
        }
    }

    private async Task<List<string>> ReadAsync(CancellationToken cancellation)
    {
        var chunk = new List<string>(ChunkLines);
        while (chunk.Count < ChunkLines && await _text.ReadLineAsync(cancellation) is { } line)
        {
            chunk.Add(line);
            _number++;
        }

        return chunk;
    }

    private static List<ReplayLine> Parse(List<string> chunk, long before) =>
        [.. chunk.Select((line, index) => ReplayLine.Parse(line, before + index + 1)).OfType<ReplayLine>()];
}
