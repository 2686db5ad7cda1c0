using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using CustomerContext.Domain;
using CustomerContext.Silo.Access;
using Microsoft.AspNetCore.Http.Features;

namespace CustomerContext.Silo.Api.Calls;

/// <summary>
/// The body of a stream of messages. A stream may be silent for as long as its sender likes, but a message of which something is there has to be there whole in time; otherwise whoever begins many
/// messages and ends none makes the silo hold them all. What counts is the time that the silo waits for the rest of it: a sender whom the silo itself holds back loses none.
/// What a message is long is in its first five bytes, so it has its place among those in hand before the rest of it is read. A stream that is silent has none.
/// </summary>
/// <param name="body">The body as it comes.</param>
/// <param name="most">How long the silo waits for the rest of one message.</param>
/// <param name="enter">Takes a place for a message of so many bytes; waits until there is one.</param>
/// <param name="give">Ends the call.</param>
/// <param name="time">The clock.</param>
internal sealed class TimedBody(PipeReader body, TimeSpan most, Func<long, CancellationToken, ValueTask<Place>> enter, Action give, TimeProvider time) : PipeReader, IRequestBodyPipeFeature, IDisposable
{
    /// <summary>Whether it is compressed, and its bytes in four.</summary>
    private const int HeadBytes = 5;

    private readonly ITimer _timer = time.CreateTimer(_ => give(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    private readonly TimeSpan _most = most;
    private ReadOnlySequence<byte> _read;
    private TimeSpan _left = most;
    private bool _isBegun;
    private bool _isPlaced;
    private Place? _place;

    public PipeReader Reader => this;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (!_isBegun)
        {
            return await Placed(await body.ReadAsync(cancellationToken), cancellationToken);
        }

        return await Placed(await ReadRest(cancellationToken), cancellationToken);
    }

    /// <summary>Nothing is there without waiting: it may have no place yet.</summary>
    public override bool TryRead(out ReadResult result)
    {
        result = default;
        return false;
    }

    /// <summary>The place of the message that was read last; whoever takes it gives it back.</summary>
    public Place TakePlace()
    {
        var place = _place ?? throw new InvalidOperationException("No message has been read.");
        _place = null;
        return place;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (!consumed.Equals(_read.Start))
        {
            (_left, _isPlaced) = (_most, false);
        }

        _isBegun = !_read.Slice(consumed).IsEmpty;
        _read = default;
        body.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => body.CancelPendingRead();

    public override void Complete(Exception? exception = null) => body.Complete(exception);

    public void Dispose()
    {
        _timer.Dispose();
        _place?.Dispose();
    }

    private async ValueTask<ReadResult> ReadRest(CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        _timer.Change(_left > TimeSpan.Zero ? _left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        try
        {
            return await body.ReadAsync(cancellationToken);
        }
        finally
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _left -= time.GetElapsedTime(asked);
        }
    }

    private async ValueTask<ReadResult> Placed(ReadResult result, CancellationToken cancellationToken)
    {
        _read = result.Buffer;
        if (!_isPlaced && _read.Length >= HeadBytes)
        {
            _isPlaced = true;
            try
            {
                // One that was read and that nobody took was refused.
                _place?.Dispose();
                _place = null;
                _place = await enter(BytesOf(_read), cancellationToken);
            }
            catch
            {
                body.AdvanceTo(_read.Start);
                throw;
            }
        }

        return result;
    }

    /// <summary>Beyond what a message may have it is refused unread.</summary>
    private static long BytesOf(in ReadOnlySequence<byte> message)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        message.Slice(0, HeadBytes).CopyTo(head);
        return Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head[1..]), Limits.Requests.MessageBytes);
    }
}
