namespace CustomerContext.Cli.Replay;

/// <summary>A file of signals, whatever its form.</summary>
internal interface ISignalFile : IDisposable
{
    /// <summary>How far the file is read, in bytes; a little ahead of the line that was handed out last.</summary>
    long Position { get; }

    /// <summary>
    /// What the lines of the file say, in their order, without the first <paramref name="doneLines"/>. A line may say several things, or nothing. Read once.
    /// </summary>
    IAsyncEnumerable<ReplayLine> ReadAsync(long doneLines, CancellationToken cancellation);
}
