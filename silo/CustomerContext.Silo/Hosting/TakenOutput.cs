using System.IO.Pipelines;
using CustomerContext.Domain;
using Microsoft.AspNetCore.Connections;

namespace CustomerContext.Silo.Hosting;

/// <summary>
/// What a connection sends. Kestrel's least speed of answers counts for the bodies of calls; whoever makes it send other frames (the answers to pings and settings) and takes none would keep the connection
/// for ever. So a connection for which something waits, whatever it is, and which takes less than <see cref="Limits.Doors.AnswerBytesPerSecond"/> over
/// <see cref="Limits.Doors.OutputStill"/>, is ended.
/// </summary>
/// <param name="output">Where it goes.</param>
/// <param name="connection">Whose it is.</param>
/// <param name="taken">How many bytes the peer has taken so far.</param>
/// <param name="time">The clock.</param>
internal sealed class TakenOutput(PipeWriter output, ConnectionContext connection, Func<long> taken, TimeProvider time) : PipeWriter
{
    private static readonly long _least = (long)(Limits.Doors.AnswerBytesPerSecond * Limits.Doors.OutputStill.TotalSeconds);

    /// <summary>Stands in front of a door's TLS.</summary>
    public static ConnectionDelegate Before(ConnectionDelegate next, TimeProvider time) => connection =>
    {
        connection.Transport = new Both(connection.Transport.Input, new TakenOutput(connection.Transport.Output, connection, () => TakenBytes.Of(connection), time));
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
        // The system sends on from large buffers and says that there is room only when much of them is free: so a flush may last for minutes though the peer takes all that its line carries.
        var before = taken();
        using var timer = time.CreateTimer(
            _ =>
            {
                var now = taken();
                if (now - before < _least)
                {
                    connection.Abort(new ConnectionAbortedException("Too little of what is sent is taken."));
                }

                before = now;
            },
            null,
            Limits.Doors.OutputStill,
            Limits.Doors.OutputStill);
        return await flush;
    }

    private sealed record Both(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
