using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>
/// A length-prefixed message: one byte that says whether it is compressed, four bytes of length (big endian), the message.
/// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
/// </summary>
internal static class Frame
{
    public const int HeaderBytes = 5;

    /// <summary>Cuts one message off the front of the buffer.</summary>
    /// <returns>False while the buffer does not hold a whole message.</returns>
    public static bool TryCut(ref ReadOnlySequence<byte> buffer, int? maxBytes, out bool compressed, out ReadOnlySequence<byte> message)
    {
        compressed = false;
        message = default;
        if (buffer.Length < HeaderBytes)
        {
            return false;
        }

        Span<byte> copy = stackalloc byte[HeaderBytes];
        scoped ReadOnlySpan<byte> header = buffer.FirstSpan;
        if (header.Length < HeaderBytes)
        {
            buffer.Slice(0, HeaderBytes).CopyTo(copy);
            header = copy;
        }

        compressed = header[0] switch
        {
            0 => false,
            1 => true,
            _ => throw new InvalidDataException("Unexpected compressed flag value in message header."),
        };
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > int.MaxValue)
        {
            throw new IOException("Message too large: " + length);
        }

        if (length > maxBytes)
        {
            throw TooLarge();
        }

        if (buffer.Length < HeaderBytes + length)
        {
            return false;
        }

        message = buffer.Slice(HeaderBytes, length);
        buffer = buffer.Slice(message.End);
        return true;
    }

    /// <summary>The plain bytes of a compressed message.</summary>
    public static ReadOnlySequence<byte> Open(in ReadOnlySequence<byte> message, string? encoding, int? maxBytes) => encoding switch
    {
        null => throw Error(StatusCode.Internal, "Request did not include grpc-encoding value with compressed message."),
        Encodings.Identity => throw Error(StatusCode.Internal, "Request sent 'identity' grpc-encoding value with compressed message."),
        Encodings.Gzip or Encodings.Deflate => new(Encodings.Decompress(encoding, message, maxBytes) ?? throw TooLarge()),
        _ => throw Error(
            StatusCode.Unimplemented,
            $"Unsupported grpc-encoding value '{encoding}'. Supported encodings: {Encodings.Accepted.Replace(",", ", ", StringComparison.Ordinal)}"),
    };

    private static RpcException TooLarge() =>
        Error(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size.");

    private static RpcException Error(StatusCode code, string detail) => new(new Status(code, detail));
}

/// <summary>The bytes of a received message, as a marshaller sees them; valid only while it runs.</summary>
internal sealed class Payload : DeserializationContext
{
    private ReadOnlySequence<byte> _bytes;

    public override int PayloadLength => (int)_bytes.Length;

    public override byte[] PayloadAsNewBuffer() => _bytes.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _bytes;

    public T Read<T>(in ReadOnlySequence<byte> bytes, Func<DeserializationContext, T> deserialize)
    {
        _bytes = bytes;
        try
        {
            return deserialize(this);
        }
        finally
        {
            _bytes = default;
        }
    }
}
