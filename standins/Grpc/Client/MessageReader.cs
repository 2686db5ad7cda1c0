using System.Buffers;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>Reads messages off a response body. While it waits for the first byte of one it holds no buffer.</summary>
internal sealed class MessageReader(Stream body, string encoding, int? maxBytes) : IDisposable
{
    private const int InitialBytes = 4096;

    private readonly Payload _payload = new();
    private byte[] _buffer = [];
    private int _start;
    private int _end;

    /// <returns>Null at the end of the body.</returns>
    public async ValueTask<T?> ReadAsync<T>(Marshaller<T> marshaller, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            if (TryTake(marshaller) is { } message)
            {
                return message;
            }

            if (!await HasMoreAsync(cancellationToken).ConfigureAwait(false))
            {
                return _start == _end ? null : throw new InvalidDataException("Unexpected end of content while reading the message.");
            }
        }
    }

    /// <summary>Reads further into the body, if there is more of it.</summary>
    public async ValueTask<bool> HasMoreAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            Dispose();
            await body.ReadAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
        }

        if (_end == _buffer.Length)
        {
            Grow();
        }

        var read = await body.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }

    public void Dispose()
    {
        var buffer = _buffer;
        (_buffer, _start, _end) = ([], 0, 0);
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private T? TryTake<T>(Marshaller<T> marshaller)
        where T : class
    {
        var unread = new ReadOnlySequence<byte>(_buffer, _start, _end - _start);
        if (!Frame.TryCut(ref unread, maxBytes, out var compressed, out var message))
        {
            return null;
        }

        _start = _end - (int)unread.Length;
        return _payload.Read(compressed ? Frame.Open(message, encoding, maxBytes) : message, marshaller.ContextualDeserializer);
    }

    private void Grow()
    {
        var unread = _end - _start;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(InitialBytes, unread * 2));
        _buffer.AsSpan(_start, unread).CopyTo(larger);
        Dispose();
        (_buffer, _end) = (larger, unread);
    }
}
