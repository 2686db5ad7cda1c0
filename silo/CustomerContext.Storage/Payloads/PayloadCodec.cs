using System.Buffers.Binary;
using System.Numerics;
using CustomerContext.Domain;
using Google.Protobuf;

namespace CustomerContext.Storage.Payloads;

/// <summary>
/// Bytes of a value: its format (1 byte), CRC-32C of the rest (4 bytes, little-endian), a protobuf message. The sum is there because protobuf reads
/// much that is
/// damaged or cut off without complaint.
/// </summary>
/// <param name="format">
/// What is written, from 1. Every format up to it is read: a message only ever gets more fields, and what an older format lacks is read as empty. The number rises with them, so
/// that an older version refuses what it would lose.
/// </param>
/// <param name="toMessage">From a value.</param>
/// <param name="fromMessage">To a value.</param>
internal sealed class PayloadCodec<T, TMessage>(byte format, Func<T, TMessage> toMessage, Func<TMessage, T> fromMessage) : IPayloadCodec<T>
    where TMessage : IMessage<TMessage>, new()
{
    private const int HeaderSize = 5;
    private static readonly MessageParser<TMessage> Parser = new(() => new TMessage());

    public byte[] Encode(T value)
    {
        var message = toMessage(value);
        var size = HeaderSize + message.CalculateSize();
        if (size > Limits.Storage.PayloadBytes)
        {
            throw new PayloadException($"A {typeof(T).Name} of {size} bytes is too large to store.");
        }

        var payload = new byte[size];
        message.WriteTo(payload.AsSpan(HeaderSize));
        payload[0] = format;
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(1), Checksum(payload.AsSpan(HeaderSize)));
        return payload;
    }

    public T Decode(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < HeaderSize || payload.Length > Limits.Storage.PayloadBytes)
        {
            throw new PayloadException($"A stored {typeof(T).Name} has the impossible length {payload.Length}.");
        }

        if (payload[0] < 1 || payload[0] > format)
        {
            throw new PayloadException($"A stored {typeof(T).Name} has format {payload[0]}; this version reads format {format} and older.");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(payload[1..]) != Checksum(payload[HeaderSize..]))
        {
            throw new PayloadException($"A stored {typeof(T).Name} is damaged.");
        }

        try
        {
            return fromMessage(Parser.ParseFrom(payload[HeaderSize..]));
        }
        catch (Exception error) when (error is not PayloadException)
        {
            throw new PayloadException($"A stored {typeof(T).Name} cannot be read.", error);
        }
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var last in bytes)
        {
            sum = BitOperations.Crc32C(sum, last);
        }

        return ~sum;
    }
}
