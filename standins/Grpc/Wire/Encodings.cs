using System.Buffers;
using System.IO.Compression;

namespace Grpc.Wire;

/// <summary>Message compression: https://github.com/grpc/grpc/blob/master/doc/compression.md</summary>
internal static class Encodings
{
    public const string Identity = "identity";
    public const string Gzip = "gzip";
    public const string Deflate = "deflate";
    public const string Accepted = "identity,gzip,deflate";

    public static bool IsCompressing(string? encoding) => encoding is Gzip or Deflate;

    public static void Compress(string encoding, CompressionLevel level, ReadOnlySpan<byte> message, PooledBuffer output)
    {
        using var sink = output.AsStream();
        using Stream compressor = encoding == Gzip ? new GZipStream(sink, level) : new ZLibStream(sink, level);
        compressor.Write(message);
    }

    /// <returns>The message in its own memory, or null if it is larger than <paramref name="limit"/> bytes.</returns>
    public static byte[]? Decompress(string encoding, in ReadOnlySequence<byte> message, int? limit)
    {
        using var source = new MemoryStream(message.ToArray());
        using Stream plain = encoding == Gzip ? new GZipStream(source, CompressionMode.Decompress) : new ZLibStream(source, CompressionMode.Decompress);
        using var output = new PooledBuffer();
        int read;
        while ((read = plain.Read(output.GetSpan())) > 0)
        {
            output.Advance(read);
            if (output.Written.Length > limit)
            {
                return null;
            }
        }

        return output.Written.ToArray();
    }
}
