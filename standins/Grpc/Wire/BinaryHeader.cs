using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Values of -bin headers: base64, whose padding senders may leave out and whose repetitions may be joined by commas.</summary>
internal static class BinaryHeader
{
    public static void AddTo(Metadata metadata, string key, string value)
    {
        foreach (var part in value.Split(','))
        {
            metadata.Add(key, Decode(part.Trim()));
        }
    }

    private static byte[] Decode(string base64) => (base64.Length % 4) switch
    {
        0 => Convert.FromBase64String(base64),
        2 => Convert.FromBase64String(base64 + "=="),
        3 => Convert.FromBase64String(base64 + "="),
        _ => throw new FormatException("Invalid base64 header value"),
    };
}
