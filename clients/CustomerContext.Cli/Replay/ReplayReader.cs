namespace CustomerContext.Cli.Replay;

/// <summary>Reads a file section by section: a section is a run of lines of one kind.</summary>
internal sealed class ReplayReader : IAsyncDisposable
{
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

    /// <summary>The lines of a kind that come next, up to one of another kind; those with nothing to send go to <paramref name="unsent"/>.</summary>
    public async IAsyncEnumerable<T> SectionAsync<T>(Action<ReplayLine.Unsent> unsent) where T : ReplayLine
    {
        while (Next is T or ReplayLine.Unsent)
        {
            var line = Next;
            await MoveAsync();
            if (line is T wanted)
            {
                yield return wanted;
            }
            else
            {
                unsent((ReplayLine.Unsent)line);
            }
        }
    }

    public ValueTask DisposeAsync() => _lines.DisposeAsync();

    private async Task MoveAsync() => Next = await _lines.MoveNextAsync() ? _lines.Current : null;
}
