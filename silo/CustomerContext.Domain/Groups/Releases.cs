using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Groups;

/// <summary>The fixed times at which a group releases: its minute of the day, in UTC; if hourly, the same minute of each hour. Nothing that anybody does moves them.</summary>
public static class ReleaseClock
{
    /// <summary>The first release time after <paramref name="moment"/>.</summary>
    /// <param name="minute">Of the day, 0 to 1439: <see cref="GroupSecret.ReleaseMinute"/>.</param>
    /// <param name="cadence">How often.</param>
    /// <param name="moment">Itself excluded.</param>
    public static DateTimeOffset Next(int minute, Cadence cadence, DateTimeOffset moment) => Latest(minute, cadence, moment).AddSeconds(Period(cadence));

    /// <summary>The last release time up to and including <paramref name="moment"/>: what a group that slept makes up for is this one only.</summary>
    public static DateTimeOffset Latest(int minute, Cadence cadence, DateTimeOffset moment)
    {
        var offset = minute * Seconds.Minute % Period(cadence);
        var second = moment.ToUnixTimeSeconds() - offset;
        return DateTimeOffset.FromUnixTimeSeconds(second - (second % Period(cadence)) + offset);
    }

    private static long Period(Cadence cadence) => cadence == Cadence.Hourly ? Seconds.Hour : Seconds.Day;
}

/// <summary>How often a group releases.</summary>
public enum Cadence
{
    /// <summary>At its minute of the day.</summary>
    Daily = 1,

    /// <summary>At the same minute of every hour.</summary>
    Hourly = 2,
}

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
