namespace CustomerContext.Cli.Replay;

/// <summary>Reads a file section by section: a section is a run of lines of one kind.</summary>
internal sealed class ReplayReader : IAsyncDisposable
{
    /// <summary>So many lines with nothing to send end a section, so that they do not pile up behind something that waits to be sent.</summary>
    private const int MostUnsent = 10_000;

    private readonly IAsyncEnumerator<ReplayLine> _lines;

    private ReplayReader(IAsyncEnumerator<ReplayLine> lines) => _lines = lines;

    /// <summary>The line that is next. Absent: the end.</summary>
    public ReplayLine? Next { get; private set; }

    public static async Task<ReplayReader> OpenAsync(ISignalFile file, long doneLines, CancellationToken cancellation)
    {
        var reader = new ReplayReader(file.ReadAsync(doneLines, cancellation).GetAsyncEnumerator(cancellation));
        await reader.MoveAsync();
        return reader;
    }

    /// <summary>The lines of a kind that come next, up to one of another kind or until many say nothing; a line of the file is never divided. Those with nothing to send go to <paramref name="unsent"/>.</summary>
    public async IAsyncEnumerable<T> SectionAsync<T>(Action<ReplayLine.Unsent> unsent) where T : ReplayLine
    {
        var (passed, number) = (0, 0L);
        while (Next is T or ReplayLine.Unsent && (passed < MostUnsent || Next.Number == number))
        {
            var line = Next;
            number = line.Number;
            await MoveAsync();
            if (line is T wanted)
            {
                yield return wanted;
            }
            else
            {
                passed++;
                unsent((ReplayLine.Unsent)line);
            }
        }
    }

    public ValueTask DisposeAsync() => _lines.DisposeAsync();

    private async Task MoveAsync() => Next = await _lines.MoveNextAsync() ? _lines.Current : null;
}
