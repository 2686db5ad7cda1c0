using System.Buffers.Binary;

namespace CustomerContext.Faults.Tests.Harness;

/// <summary>One gRPC message that a server sent: on which stream, and the place of its first byte among the DATA frames of the connection.</summary>
internal sealed record WireMessage(int Stream, int Place, byte[] Content)
{
    private const int PrefixBytes = 5;

    /// <summary>The messages in <paramref name="data"/>; uncompressed ones, as no client here asks for compression.</summary>
    public static IReadOnlyList<WireMessage> In(IReadOnlyList<WireData> data)
    {
        var messages = new List<WireMessage>();
        foreach (var stream in data.Select((frame, place) => (frame, place)).GroupBy(one => one.frame.Stream))
        {
            var bytes = stream.SelectMany(one => one.frame.Content.Select(content => (content, one.place))).ToArray();
            for (var start = 0; start + PrefixBytes <= bytes.Length;)
            {
                var prefix = bytes.Skip(start).Take(PrefixBytes).Select(one => one.content).ToArray();
                var length = BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(1));
                var content = bytes.Skip(start + PrefixBytes).Take(length).Select(one => one.content).ToArray();
                messages.Add(new WireMessage(stream.Key, bytes[start].place, content));
                start += PrefixBytes + length;
            }
        }

        return messages;
    }
}
