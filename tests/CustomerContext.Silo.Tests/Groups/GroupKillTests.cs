using CustomerContext.Domain.Groups;
using CustomerContext.Testing;
using Xunit.Abstractions;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>However the silo dies: once it is quiet again, every group holds exactly what its members said last, and nobody else.</summary>
public sealed class GroupKillTests(ITestOutputHelper output)
{
    private const int EventsEach = 25;

    /// <summary>CC_GROUP_KILLS: how often the silo is killed; 2 by default.</summary>
    private static readonly int _kills = Trials.Count("CC_GROUP_KILLS", 2);

    private static readonly int _seed = Trials.Count("CC_SEED", 20261125);

    [Fact]
    public async Task Groups_SiloKilledAgainAndAgain_HoldExactlyWhatWasSaid()
    {
        using var data = new TempFolder();
        var town = new KillTown(data.Path, _seed);
        await town.Live(_kills, EventsEach * Math.Max(1, _kills / 2));
        await using var silo = await GroupSilo.StartInRealTime(data.Path);
        var keys = await Task.WhenAll(town.Everybody.Select(one => silo.KeyOf(KillTown.EmailOf(one.Number))));
        await Task.WhenAll(keys.Select(key => silo.Customer(key).ListTribes()));
        await silo.Settled(keys);

        foreach (var audience in (string[])[.. KillTown.Purposes, "publish"])
        {
            foreach (var tribe in KillTown.Tribes)
            {
                var expected = town.Everybody
                    .Where(one => one.Joined.GetValueOrDefault(tribe) && one.Audiences.Contains(audience))
                    .Select(one => (silo.Secret.Pseudonym(keys[one.Number], GroupId.Tribe(tribe, new Audience(audience))), one.Score));
                AssertSame(expected, await silo.StoredTribe(tribe, audience), $"{tribe} for {audience}");
            }
        }

        foreach (var purpose in KillTown.Purposes)
        {
            foreach (var one in town.Everybody)
            {
                var expected = town.Everybody
                    .Where(other => other != one && one.IsFriendOf(other) && other.Audiences.Contains(purpose))
                    .Select(other => (silo.Secret.Pseudonym(keys[other.Number], GroupId.Friends(keys[one.Number], new Audience(purpose))), other.Score));
                AssertSame(expected, (await silo.StoredNetwork(keys[one.Number], GroupKind.Friends, purpose)).Members, $"network {one.Number} for {purpose}");
            }
        }

        output.WriteLine($"{_kills} kills, {town.Answered} calls answered, seed {_seed}");
    }

    private static void AssertSame(IEnumerable<(Pseudonym Who, int? Score)> expected, IEnumerable<GroupMember> stored, string what)
    {
        var (told, held) = (expected.Order().ToArray(), stored.Select(member => (member.Contribution.Pseudonym, member.Contribution.Score)).Order().ToArray());
        Assert.True(told.SequenceEqual(held), $"{what} (seed {_seed}): {told.Length} said, {held.Length} held, {told.Intersect(held).Count()} the same");
    }
}
