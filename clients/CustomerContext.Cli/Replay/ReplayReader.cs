using System.Runtime.CompilerServices;

namespace CustomerContext.Cli.Replay;

/// <summary>Reads a replay file line by line, section by section: a section is a run of lines of one kind.</summary>
internal sealed class ReplayReader : IDisposable
{
    private readonly FileStream _file;
    private readonly StreamReader _lines;
    private long _number;

    private ReplayReader(FileInfo file)
    {
        _file = file.OpenRead();
        _lines = new StreamReader(_file);
    }

    /// <summary>The line that is next. Absent: the end.</summary>
    public ReplayLine? Next { get; private set; }

    /// <summary>How far the file is read, in bytes, give or take a buffer.</summary>
    public long Position => _file.Position;

    public static async Task<ReplayReader> OpenAsync(FileInfo file, long skippedLines, CancellationToken cancellation)
    {
        var reader = new ReplayReader(file);
        while (reader._number < skippedLines && await reader._lines.ReadLineAsync(cancellation) is not null)
        {
            reader._number++;
        }

        await reader.MoveAsync(cancellation);
        return reader;
    }

    public async Task MoveAsync(CancellationToken cancellation)
    {
        Next = null;
        while (Next is null && await _lines.ReadLineAsync(cancellation) is { } line)
        {
            Next = ReplayLine.Parse(line, ++_number);
        }
    }

    /// <summary>The lines of a kind that come next, up to one that is neither of that kind nor malformed; those go to <paramref name="malformed"/>.</summary>
    public async IAsyncEnumerable<T> SectionAsync<T>(Action<ReplayLine.Malformed> malformed, [EnumeratorCancellation] CancellationToken cancellation)
        where T : ReplayLine
    {
        while (Next is T or ReplayLine.Malformed)
        {
            var line = Next;
            await MoveAsync(cancellation);
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

    public void Dispose() => _lines.Dispose();
}
