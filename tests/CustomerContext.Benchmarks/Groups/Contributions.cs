using CustomerContext.Domain;
using CustomerContext.Domain.Groups;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>What made-up members contribute: scores over half of the scale, every stratum, topics that many share.</summary>
internal static class Contributions
{
    private const int Scores = 51;
    private const int Topics = 50;

    /// <summary>In the order of the strata.</summary>
    private static readonly int[] _posts = [0, 3, Limits.Groups.ManyPosts];

    private static readonly string[] _topics = [.. Enumerable.Range(0, Topics).Select(number => $"topic-{number}")];

    /// <summary>What member <paramref name="member"/> says for the <paramref name="version"/>th time: something else than before.</summary>
    public static Contribution Of(int member, long version, DateTimeOffset now) =>
        Of(new Pseudonym(Scattered(member), (ulong)member), member + version, version, now);

    /// <summary>What somebody of a given pseudonym says.</summary>
    public static Contribution Of(Pseudonym pseudonym, long number, long version, DateTimeOffset now) => new(
        pseudonym,
        new ContributionVersion(1, version),
        (int)(number % Scores) - (Scores / 2),
        _posts[number % _posts.Length] == 0 ? null : (int)(number % Scores) - (Scores / 2),
        _posts[number % _posts.Length],
        (Stratum)(number % _posts.Length),
        now.AddDays(-30).ToUnixTimeSeconds(),
        now.AddDays(20).ToUnixTimeSeconds(),
        now.AddDays(7).ToUnixTimeSeconds(),
        [new ContributedTopic(_topics[number % Topics], (int)(number % Scores))]);

    /// <summary>Pseudonyms are hashes, so neighbours in number are none in the order of a shard.</summary>
    private static ulong Scattered(int member) => (ulong)member * 0x9E37_79B9_7F4A_7C15;
}
