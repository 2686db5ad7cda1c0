using System.IO.Pipelines;
using CustomerContext.Domain;
using Microsoft.AspNetCore.Connections;

namespace CustomerContext.Silo.Hosting;

/// <summary>
/// What a connection sends. Kestrel's least speed of answers counts for the bodies of calls; whoever makes it send other frames (the answers to pings and settings) and takes none would keep the connection
/// for ever. So a connection that takes nothing for <see cref="Limits.Doors.OutputStill"/> is ended, whatever it is that waits.
/// </summary>
internal sealed class TakenOutput(PipeWriter output, ConnectionContext connection, TimeProvider time) : PipeWriter
{
    /// <summary>Stands in front of a door's TLS.</summary>
    public static ConnectionDelegate Before(ConnectionDelegate next, TimeProvider time) => connection =>
    {
        connection.Transport = new Both(connection.Transport.Input, new TakenOutput(connection.Transport.Output, connection, time));
        return next(connection);
    };

    public override bool CanGetUnflushedBytes => output.CanGetUnflushedBytes;

    public override long UnflushedBytes => output.UnflushedBytes;

    public override void Advance(int bytes) => output.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => output.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => output.GetSpan(sizeHint);

    public override void CancelPendingFlush() => output.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => output.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => output.CompleteAsync(exception);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var flush = output.FlushAsync(cancellationToken);
        return flush.IsCompleted ? flush : InTime(flush);
    }

    private async ValueTask<FlushResult> InTime(ValueTask<FlushResult> flush)
    {
        using var timer = time.CreateTimer(_ => connection.Abort(new ConnectionAbortedException("Nothing of what is sent is taken.")), null, Limits.Doors.OutputStill, Timeout.InfiniteTimeSpan);
        return await flush;
    }

    private sealed record Both(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
