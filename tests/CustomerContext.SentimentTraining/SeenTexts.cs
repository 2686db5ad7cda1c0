using System.Runtime.InteropServices;
using CustomerContext.Domain.Sentiment.Reading;

namespace CustomerContext.SentimentTraining;

/// <summary>Which texts the weights that ship were trained on, as 32-bit hashes beside this file: figures are of other texts only.</summary>
internal static class SeenTexts
{
    private const string Resource = "seen.bin";

    private static readonly HashSet<uint> _seen = [.. Read()];

    /// <summary>True if <paramref name="text"/> was trained on; wrongly so of one text in 90,000.</summary>
    public static bool Contains(string text) => _seen.Contains(HashOf(text));

    /// <summary>The file's bytes.</summary>
    public static byte[] Write(IEnumerable<string> texts) => MemoryMarshal.AsBytes(texts.Select(HashOf).Distinct().Order().ToArray().AsSpan()).ToArray();

    private static uint HashOf(string text) => (uint)Hash.Place(Hash.Of(text), 32);

    private static uint[] Read()
    {
        using var stream = typeof(SeenTexts).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return MemoryMarshal.Cast<byte, uint>(bytes).ToArray();
    }
}
