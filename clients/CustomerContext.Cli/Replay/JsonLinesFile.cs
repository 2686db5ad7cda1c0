using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace CustomerContext.Cli.Replay;

/// <summary>A file of JSON lines, packed with gzip if its name ends so. Parses ahead on other threads, since that costs more than sending.</summary>
/// <param name="file">The file.</param>
/// <param name="parse">What a line says, by its text and its number from 1. Absent: nothing, and nothing is to be told of it.</param>
internal sealed class JsonLinesFile(FileInfo file, Func<string, long, ReplayLine?> parse) : ISignalFile
{
    private const int ChunkLines = 500;
    private const int ChunksAhead = 4;

    private readonly FileStream _file = file.OpenRead();

    public long Position => _file.Position;

    public async IAsyncEnumerable<ReplayLine> ReadAsync(long doneLines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var text = new StreamReader(file.Extension == ".gz" ? new GZipStream(_file, CompressionMode.Decompress) : _file, leaveOpen: true); // its position is asked for when all is read
        var number = 0L;
        while (number < doneLines && await text.ReadLineAsync(cancellation) is not null)
        {
            number++;
        }

        var ahead = new Queue<Task<List<ReplayLine>>>();
        while (true)
        {
            while (ahead.Count < ChunksAhead && await ReadChunkAsync(text, cancellation) is { Count: > 0 } chunk)
            {
                var before = number;
                number += chunk.Count;
                ahead.Enqueue(Task.Run(() => Parse(chunk, before), cancellation));
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

    public void Dispose() => _file.Dispose();

    private static async Task<List<string>> ReadChunkAsync(StreamReader text, CancellationToken cancellation)
    {
        var chunk = new List<string>(ChunkLines);
        while (chunk.Count < ChunkLines && await text.ReadLineAsync(cancellation) is { } line)
        {
            chunk.Add(line);
        }

        return chunk;
    }

    private List<ReplayLine> Parse(List<string> chunk, long before) =>
        [.. chunk.Select((line, index) => parse(line, before + index + 1)).OfType<ReplayLine>()];
}
