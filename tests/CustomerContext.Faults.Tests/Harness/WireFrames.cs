using System.Buffers.Binary;

namespace CustomerContext.Faults.Tests.Harness;

/// <summary>Cuts what an HTTP/2 server sends into frames (RFC 9113, 4.1) and hands on the DATA frames with content, each with the number of the connection.</summary>
internal sealed class WireFrames(int connection, Action<WireData> data)
{
    private const int HeaderBytes = 9;
    private const byte DataType = 0;

    private readonly List<byte> _pending = [];

    public void Take(ReadOnlySpan<byte> bytes)
    {
        _pending.AddRange(bytes);
        var taken = 0;
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pending);
        while (all.Length - taken >= HeaderBytes)
        {
            var header = all[taken..];
            var length = (header[0] << 16) | (header[1] << 8) | header[2];
            if (header.Length < HeaderBytes + length)
            {
                break;
            }

            if (header[3] == DataType && length > 0)
            {
                data(new WireData(BinaryPrimitives.ReadInt32BigEndian(header[5..]) & int.MaxValue, header.Slice(HeaderBytes, length).ToArray(), connection));
            }

            taken += HeaderBytes + length;
        }

        _pending.RemoveRange(0, taken);
    }
}
