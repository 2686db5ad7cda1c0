using System.Buffers;
using System.Text;

namespace Grpc.Wire;

/// <summary>grpc-message: UTF-8, then percent-encoded but for printable ASCII other than the percent sign.</summary>
internal static class StatusText
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => c != '%')]);

    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        var encoded = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            _ = Plain.Contains((char)b) ? encoded.Append((char)b) : encoded.Append('%').Append(b.ToString("X2"));
        }

        return encoded.ToString();
    }

    public static string Decode(string encoded) => Uri.UnescapeDataString(encoded);
}
