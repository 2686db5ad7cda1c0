using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace CustomerContext.Testing;

/// <summary>A connection of HTTP/2 (RFC 9113) whose frames a test writes one by one, whatever the rules say.</summary>
public sealed class RawHttp2 : IDisposable
{
    /// <summary>What a frame is (RFC 9113, 6).</summary>
    public const byte Data = 0, Headers = 1, ResetStream = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8, Continuation = 9;

    /// <summary>Flags of frames.</summary>
    public const byte EndStream = 1, EndHeaders = 4;

    /// <summary>The window that a stream begins with, as a setting.</summary>
    public const int InitialWindow = 4;

    private const int HeadBytes = 9;

    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;
    private readonly MemoryStream _unsent = new();

    private RawHttp2(TcpClient tcp) => (_tcp, _stream) = (tcp, tcp.GetStream());

    /// <summary>Frames of each type that were read.</summary>
    public Dictionary<byte, int> Read { get; } = [];

    /// <summary>Why the other side goes, as it said (RFC 9113, 7). Absent: it has not.</summary>
    public uint? Error { get; private set; }

    /// <summary>Connects and begins HTTP/2 with these settings.</summary>
    public static async Task<RawHttp2> Connect(Uri door, params (int Name, uint Value)[] settings)
    {
        // Small buffers of the system's, so that what is not read is soon held up.
        var tcp = new TcpClient { ReceiveBufferSize = 4096, NoDelay = true };
        await tcp.ConnectAsync(door.Host, door.Port);
        var connection = new RawHttp2(tcp);
        connection._unsent.Write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        var payload = new byte[6 * settings.Length];
        for (var i = 0; i < settings.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(6 * i), (ushort)settings[i].Name);
            BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan((6 * i) + 2), settings[i].Value);
        }

        connection.Add(Settings, 0, 0, payload);
        await connection.Send();
        return connection;
    }

    /// <summary>The header block of a gRPC call.</summary>
    public static byte[] Call(Uri door, string method, string? token = null)
    {
        using var block = new MemoryStream();
        (string, string)[] headers =
        [
            (":method", "POST"), (":scheme", "http"), (":path", method), (":authority", door.Authority), ("content-type", "application/grpc"), ("te", "trailers"),
            .. token is null ? [] : new[] { ("authorization", $"Bearer {token}") },
        ];
        foreach (var (name, value) in headers)
        {
            block.WriteByte(0); // Literal, not indexed, its name too (RFC 7541, 6.2.2).
            Text(block, name);
            Text(block, value);
        }

        return block.ToArray();
    }

    /// <summary>Adds a frame to those that <see cref="Send"/> sends.</summary>
    public void Add(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        BinaryPrimitives.WriteInt32BigEndian(head, payload.Length << 8);
        (head[3], head[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(head[5..], stream);
        _unsent.Write(head);
        _unsent.Write(payload);
    }

    /// <summary>Sends what was added. False if the other side takes no more.</summary>
    public async Task<bool> Send(CancellationToken stop = default)
    {
        try
        {
            await _stream.WriteAsync(_unsent.GetBuffer().AsMemory(0, (int)_unsent.Length), stop);
            _unsent.SetLength(0);
            return true;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            return false;
        }
    }

    /// <summary>Reads frames, and forgets them, until the other side has closed the connection.</summary>
    public async Task UntilClosed(CancellationToken stop = default)
    {
        try
        {
            var head = new byte[HeadBytes];
            while (true)
            {
                await _stream.ReadExactlyAsync(head, stop);
                var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head) >> 8];
                await _stream.ReadExactlyAsync(payload, stop);
                Read[head[3]] = Read.GetValueOrDefault(head[3]) + 1;
                if (head[3] == GoAway)
                {
                    Error = BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(4));
                }
            }
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            // Closed.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tcp.Dispose();
        _unsent.Dispose();
    }

    /// <summary>A string as it is (RFC 7541, 5.2), its length in seven bits and more.</summary>
    private static void Text(MemoryStream block, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var left = bytes.Length - 127;
        block.WriteByte((byte)Math.Min(bytes.Length, 127));
        for (; left >= 0; left = left >= 128 ? left / 128 : -1)
        {
            block.WriteByte((byte)(left % 128 | (left >= 128 ? 128 : 0)));
        }

        block.Write(bytes);
    }
}
