using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>
/// Writes one length-prefixed message into a buffer writer: straight into it where the length is known beforehand and nothing is compressed,
/// else by way of a rented buffer.
/// </summary>
#pragma warning disable CA1001 // The rented buffer never outlives a Write.
internal sealed class FrameWriter(int? maxBytes) : SerializationContext
{
    private IBufferWriter<byte> _target = null!;
    private PooledBuffer? _staged;
    private string? _encoding;
    private CompressionLevel _level;
    private int _length;
    private bool _done;

    /// <summary>Writes a message; <paramref name="encoding"/> is null for an uncompressed one.</summary>
    public void Write<T>(IBufferWriter<byte> target, string? encoding, CompressionLevel level, T message, Action<T, SerializationContext> serialize)
    {
        (_target, _encoding, _level, _length, _done) = (target, encoding, level, -1, false);
        try
        {
            serialize(message, this);
            if (!_done)
            {
                throw new InvalidOperationException("The serializer did not complete the message.");
            }
        }
        finally
        {
            _staged?.Dispose();
            _staged = null;
        }
    }

    public override void SetPayloadLength(int payloadLength) => _length = payloadLength;

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (_staged is not null)
        {
            return _staged;
        }

        if (_length < 0 || _encoding is not null)
        {
            return _staged = new PooledBuffer();
        }

        WriteHeader(_length, compressed: false);
        return _target;
    }

    public override void Complete()
    {
        if (_staged is not null)
        {
            WriteWhole(_staged.Written.Span);
        }

        _done = true;
    }

    public override void Complete(byte[] payload)
    {
        WriteWhole(payload);
        _done = true;
    }

    private void WriteWhole(ReadOnlySpan<byte> message)
    {
        if (_encoding is null)
        {
            WriteHeader(message.Length, compressed: false);
            _target.Write(message);
            return;
        }

        CheckSize(message.Length);
        using var compressed = new PooledBuffer();
        Encodings.Compress(_encoding, _level, message, compressed);
        WriteHeader(compressed.Written.Length, compressed: true);
        _target.Write(compressed.Written.Span);
    }

    private void WriteHeader(int length, bool compressed)
    {
        CheckSize(length);
        var header = _target.GetSpan(Frame.HeaderBytes);
        header[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(header[1..], length);
        _target.Advance(Frame.HeaderBytes);
    }

    private void CheckSize(int bytes)
    {
        if (bytes > maxBytes)
        {
            throw new RpcException(new Status(StatusCode.ResourceExhausted, "Sending message exceeds the maximum configured message size."));
        }
    }
}
