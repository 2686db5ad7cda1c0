using System.Buffers.Binary;

namespace CustomerContext.Faults.Tests.Harness;

/// <summary>One gRPC message that a server sent: on which stream, and the place of its first byte among the DATA frames of the connection.</summary>
internal sealed record WireMessage(int Stream, int Place, byte[] Content)
{
    private const int PrefixBytes = 5;

    /// <summary>The messages in <paramref name="data"/>; uncompressed ones, as no client here asks for compression.</summary>
    /// <exception cref="InvalidOperationException">The data is of more than one connection: each numbers its streams anew, and nobody knows which of two wires was first.</exception>
    public static IReadOnlyList<WireMessage> In(IReadOnlyList<WireData> data)
    {
        if (data.Select(one => one.Connection).Distinct().Count() > 1)
        {
            throw new InvalidOperationException("The data is of more than one connection.");
        }

        var messages = new List<WireMessage>();
        var partial = new Dictionary<int, (List<byte> Bytes, int Place)>();
        for (var place = 0; place < data.Count; place++)
        {
            var (stream, content) = (data[place].Stream, data[place].Content);
            var (bytes, begun) = partial.TryGetValue(stream, out var before) ? before : ([], place);
            bytes.AddRange(content);
            while (bytes.Count >= PrefixBytes
                && BinaryPrimitives.ReadInt32BigEndian(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes)[1..]) is var length
                && bytes.Count >= PrefixBytes + length)
            {
                messages.Add(new WireMessage(stream, begun, [.. bytes.Skip(PrefixBytes).Take(length)]));
                bytes.RemoveRange(0, PrefixBytes + length);
                begun = place;
            }

            partial[stream] = (bytes, bytes.Count > 0 ? begun : place + 1);
            if (bytes.Count == 0)
            {
                partial.Remove(stream);
            }
        }

        return messages;
    }
}
