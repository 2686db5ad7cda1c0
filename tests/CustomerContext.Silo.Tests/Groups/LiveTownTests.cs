using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Grains.Tribes;
using CustomerContext.Testing;
using CustomerContext.Testing.Groups;
using Xunit.Abstractions;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>
/// A whole silo, with crashes, against the model of the whole town: after every day all inner sums and all releases are the model's. CC_LIVE_DAYS: how many days; CC_SEED: another history.
/// </summary>
public sealed class LiveTownTests(ITestOutputHelper output)
{
    private static readonly int _days = Trials.Count("CC_LIVE_DAYS", 11);
    private static readonly int _seed = Trials.Count("CC_SEED", 20261126);

    [Fact]
    public Task Groups_OfALiveTownOnSqlite_AreThoseOfTheModel() => Live();

    [Fact]
    public async Task Groups_OfALiveTownOnRedis_AreThoseOfTheModel()
    {
        await using var redis = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");
        await Live("--redis", redis.EndPoint);
    }

    private async Task Live(params string[] store)
    {
        await using var town = new LiveHistory(_seed, store);
        await town.Begin();
        var releases = 0;
        for (var day = 0; day < _days; day++)
        {
            await town.Live();
            releases += await Compare(town);
        }

        output.WriteLine($"{_days} days, {town.Crashes} crashes, {releases} releases shown, seed {_seed}");
        Assert.True(releases > 10 && town.Crashes > 0, $"Too little to compare: {releases} releases, {town.Crashes} crashes.");
    }

    /// <summary>How many releases are shown.</summary>
    private static async Task<int> Compare(LiveHistory town)
    {
        var (now, shown) = (town.Now, 0);
        // Nobody reads a network for publishing, so none is kept.
        foreach (var known in town.Model.Groups.Where(known => known.Kind == nameof(GroupKind.Tribe) || known.Audience != "publish"))
        {
            var where = $"seed {_seed}, {known}, {now:s}: ";
            var group = new GroupId(Enum.Parse<GroupKind>(known.Kind), known.Name, new Audience(known.Audience));
            if (group.Kind == GroupKind.Tribe)
            {
                var release = (await town.Silo.Grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(group)).Get()).History.Last;
                AssertSame(where, TownText.Of(town.Model.Sums(known, now.ToUnixTimeSeconds())), TownText.Of(await town.Silo.StoredSums(group, now)));
                AssertSame(where, town.Model.Tribe(known)?.ToString(), TownText.Of(release));
                shown += release is null ? 0 : 1;
            }
            else
            {
                var around = new CustomerKey(known.Name);
                var mood = await town.Silo.StoredMood(around, group.Kind, known.Audience);
                AssertSame(where, TownText.Of(town.Model.Sums(known, now.ToUnixTimeSeconds())), TownText.Of(GroupSums.Of(await town.Silo.StoredNetwork(around, group.Kind, known.Audience), now)));
                AssertSame(where, town.Model.Network(known)?.ToString(), TownText.Of(mood));
                shown += mood is null ? 0 : 1;
            }
        }

        return shown;
    }

    private static void AssertSame(string where, string? expected, string? actual) =>
        Assert.True(expected == actual, $"{where}\nmodel {expected}\nsilo  {actual}");
}
