using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Tribes;
using CustomerContext.Testing.Groups.Town;

namespace CustomerContext.Testing.Groups;

/// <summary>What the product and the model of the town hold, in the same words, so that they can be compared.</summary>
public static class TownText
{
    public static string Of(TownSums sums) =>
        $"{sums.Posts} {sums.PostScore} {sums.MostPosts} {string.Join(' ', sums.Strata)} {string.Join(' ', sums.Topics.OrderBy(topic => topic.Key, StringComparer.Ordinal))}";

    public static string Of(GroupSums sums) => Of(new TownSums(
        [.. sums.Strata.Select(stratum => new TownStratum(stratum.Members, stratum.Voices, stratum.Score, stratum.Squares))],
        sums.Posts.Posts,
        sums.Posts.Score,
        sums.Posts.Most,
        sums.Topics.ToDictionary(topic => topic.Topic, topic => topic.Members)));

    public static string? Of(TribeRelease? release) => release is null ? null : new TownTribeRelease(
        release.Number,
        release.At.ToUnixTimeSeconds(),
        release.NextAt.ToUnixTimeSeconds(),
        release.Shown,
        release.Corrected is { } mood ? (mood.Score, mood.Low, mood.High) : null,
        release.Known is { } known ? (known.Score, known.Share, known.Low, known.High) : null,
        $"{release.Direction}",
        string.Join(' ', release.TopTopics),
        release.Heard,
        release.Members).ToString();

    public static string? Of(NetworkMood? mood) =>
        mood is null ? null : new TownNetworkRelease($"{mood.Word}", $"{mood.Week}", $"{mood.Month}", $"{mood.Size}", mood.At.ToUnixTimeSeconds()).ToString();
}
