using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Testing;
using CustomerContext.Testing.Groups;
using CustomerContext.Testing.Groups.Town;
using static CustomerContext.Domain.Tests.Customers.Given;

namespace CustomerContext.Domain.Tests.Groups;

/// <summary>The product's rules put together against the model of the whole town: every sum and every release, over random histories. A failure names its seed; more of them by CC_TOWNS.</summary>
public sealed class TownTests
{
    private const int People = 75;
    private const int Days = 45;
    private static readonly string[] Audiences = ["service.support", "service.complaint", "publish"];
    private static readonly string[] Tribes = ["chess", "vinyl"];
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 7))];

    /// <summary>Whoever is erased comes back as somebody else.</summary>
    private readonly string[] _names = [.. Enumerable.Range(0, People).Select(number => $"{number:d3}")];

    /// <summary>In 134 a mood comes to lie half-way between two tenths.</summary>
    public static TheoryData<int> Seeds { get; } = new(Enumerable.Range(1, Trials.Count("CC_TOWNS", 4)).Append(134).Distinct());

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Releases_OfARandomHistory_AreThoseOfTheModel(int seed)
    {
        var random = new Random(seed);
        var (model, town) = (new TownModel(Key, Noon.ToUnixTimeSeconds()), new ProductTown(Key, new Random(seed + 1)));
        var now = Noon;
        var (releases, moods) = (0, 0);
        for (var number = 0; number < People; number++)
        {
            Settle(model, town, _names[number], random, now);
        }

        for (var happened = 0; now < Noon.AddDays(Days); happened++)
        {
            now = now.AddSeconds(random.Next(1, 1_500));
            model.Advance(now.ToUnixTimeSeconds());
            town.Advance(now);
            Happen(model, town, random.Next(People), happened, random, now);
            if (happened % 60 == 0)
            {
                foreach (var group in town.Groups)
                {
                    Compare(seed, model, town, group, now);
                    releases += town.Tribe(group) is null ? 0 : 1;
                    moods += town.Network(group) is null ? 0 : 1;
                }
            }
        }

        Assert.True(releases > 50 && moods > 50, $"Too little to compare: {releases} releases, {moods} moods.");
    }

    private void Settle(TownModel model, ProductTown town, string who, Random random, DateTimeOffset now)
    {
        var at = now.ToUnixTimeSeconds();
        string[] audiences = [.. Audiences.Where(_ => random.Next(10) > 0)];
        model.Consent(who, at, audiences);
        town.Consent(who, now, audiences);
        foreach (var tribe in Tribes.Where(_ => random.Next(10) > 0))
        {
            model.Join(who, tribe, at);
            town.Begin(GroupKind.Tribe, tribe, who, now);
        }

        for (var friends = random.Next(4); friends > 0; friends--)
        {
            Befriend(model, town, who, _names[random.Next(12)], now);
        }
    }

    private void Happen(TownModel model, ProductTown town, int person, int number, Random random, DateTimeOffset now)
    {
        var who = _names[person];
        var at = now.ToUnixTimeSeconds();
        var other = _names[random.Next(12)];
        switch (random.Next(100))
        {
            case < 55:
                int? score = random.Next(5) == 0 ? null : random.Next(-1_000, 1_001);
                var weight = random.Next(200, 1_001);
                string[] topics = random.Next(2) == 0 ? [] : [$"topic{random.Next(5)}"];
                model.Turn(who, at, score, weight, topics);
                town.Take(who, Turn($"t{number}", now, score, weight, $"c{number}", source: SourceId.Customer, topics: topics));
                break;
            case < 75:
                var answer = random.Next(1, 6);
                model.Answer(who, at, (answer - 3) * 500);
                town.Take(who, Survey($"s{number}", now, answer, SourceId.Of(new TenantId("acme"), "survey")));
                break;
            case < 80:
                Befriend(model, town, who, other, now);
                break;
            case < 83:
                model.Unfriend(who, other, at);
                town.End(GroupKind.Friends, who, other, now);
                town.End(GroupKind.Friends, other, who, now);
                break;
            case < 88 when other != who:
                model.Follow(other, who, at);
                town.Begin(GroupKind.Followed, other, who, now);
                break;
            case < 91:
                model.Leave(who, Tribes[0], at);
                town.End(GroupKind.Tribe, Tribes[0], who, now);
                break;
            case < 95:
                model.Join(who, Tribes[0], at);
                town.Begin(GroupKind.Tribe, Tribes[0], who, now);
                break;
            case < 98:
                string[] audiences = [.. Audiences.Where(_ => random.Next(4) > 0)];
                model.Consent(who, at, audiences);
                town.Consent(who, now, audiences);
                break;
            default:
                model.Erase(who, at);
                town.Erase(who, now);
                _names[person] = $"{who[..3]}-{number}";
                Settle(model, town, _names[person], random, now);
                break;
        }
    }

    private static void Befriend(TownModel model, ProductTown town, string one, string other, DateTimeOffset now)
    {
        if (one != other)
        {
            model.Befriend(one, other, now.ToUnixTimeSeconds());
            town.Begin(GroupKind.Friends, one, other, now);
            town.Begin(GroupKind.Friends, other, one, now);
        }
    }

    private static void Compare(int seed, TownModel model, ProductTown town, GroupId group, DateTimeOffset now)
    {
        var same = new TownGroup($"{group.Kind}", group.Name, group.Audience.Value);
        var where = $"seed {seed}, {group}, {now:s}: ";
        Assert.Equal(where + TownText.Of(model.Sums(same, now.ToUnixTimeSeconds())), where + TownText.Of(town.Sums(group, now)));
        Assert.Equal(where + model.Tribe(same), where + TownText.Of(town.Tribe(group)));
        Assert.Equal(where + model.Network(same), where + TownText.Of(town.Network(group)));
    }
}
