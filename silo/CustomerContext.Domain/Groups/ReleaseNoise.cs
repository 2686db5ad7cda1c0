using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CustomerContext.Domain.Groups;

/// <summary>
/// Discrete Laplace noise on whole thousandths: P(k) is proportional to exp(-|k| / scale). Drawn from a seed and from what it is for: the same release
/// gets the same noise however often it is made, and any other gets another.
/// </summary>
internal static class ReleaseNoise
{
    /// <summary>One draw.</summary>
    /// <param name="seed">Secret.</param>
    /// <param name="what">What it is for.</param>
    /// <param name="scale">In thousandths; 0 or less means none.</param>
    public static long Draw(ReleaseSeed seed, string what, double scale)
    {
        if (scale <= 0)
        {
            return 0;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{what}\n{seed.High}\n{seed.Low}"));
        return Geometric(hash, scale) - Geometric(hash.AsSpan(sizeof(ulong)), scale);
    }

    /// <summary>One draw for one figure of a release made from <paramref name="sums"/>.</summary>
    public static long Draw(ReleaseSeed seed, string figure, GroupSums sums, double scale) => Draw(seed, $"{figure}\n{Digits(sums)}", scale);

    /// <summary>How often a coin that fails with exp(-1 / scale) fails before it succeeds; the difference of two such numbers is discrete Laplace.</summary>
    private static long Geometric(ReadOnlySpan<byte> bits, double scale)
    {
        var uniform = ((BinaryPrimitives.ReadUInt64BigEndian(bits) >> 11) + 1) / (double)(1L << 53);
        return (long)Math.Floor(-Math.Log(uniform) * scale);
    }

    private static string Digits(GroupSums sums) => string.Join(
        '\n',
        sums.Strata.Select(stratum => $"{stratum.Members} {stratum.Voices} {stratum.Score} {stratum.Squares}").Append($"{sums.Posts.Posts} {sums.Posts.Score} {sums.Posts.Most}"));
}
