using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace CustomerContext.Silo.Api.Calls;

/// <summary>
/// The body of a stream of messages. A stream may be silent for as long as its sender likes, but a message of which something is there has to be there whole in time; otherwise whoever begins many
/// messages and ends none makes the silo hold them all. What counts is the time that the silo waits for the rest of it: a sender whom the silo itself holds back loses none.
/// </summary>
/// <param name="body">The body as it comes.</param>
/// <param name="most">How long the silo waits for the rest of one message.</param>
/// <param name="give">Ends the call.</param>
/// <param name="time">The clock.</param>
internal sealed class TimedBody(PipeReader body, TimeSpan most, Action give, TimeProvider time) : PipeReader, IRequestBodyPipeFeature, IDisposable
{
    private readonly ITimer _timer = time.CreateTimer(_ => give(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    private readonly TimeSpan _most = most;
    private ReadOnlySequence<byte> _read;
    private TimeSpan _left = most;
    private bool _isBegun;

    public PipeReader Reader => this;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (!_isBegun)
        {
            return Seen(await body.ReadAsync(cancellationToken));
        }

        var asked = time.GetTimestamp();
        _timer.Change(_left > TimeSpan.Zero ? _left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        try
        {
            return Seen(await body.ReadAsync(cancellationToken));
        }
        finally
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _left -= time.GetElapsedTime(asked);
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        var isThere = body.TryRead(out result);
        if (isThere)
        {
            Seen(result);
        }

        return isThere;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (!consumed.Equals(_read.Start))
        {
            _left = _most;
        }

        _isBegun = !_read.Slice(consumed).IsEmpty;
        _read = default;
        body.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => body.CancelPendingRead();

    public override void Complete(Exception? exception = null) => body.Complete(exception);

    public void Dispose() => _timer.Dispose();

    private ReadResult Seen(ReadResult result)
    {
        _read = result.Buffer;
        return result;
    }
}
