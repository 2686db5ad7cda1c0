using System.Text.Json;
using CustomerContext.Domain.Groups;
using FsCheck;
using FsCheck.Fluent;
using static CustomerContext.Domain.Tests.Groups.Given;

namespace CustomerContext.Domain.Tests.Groups;

/// <summary>Whatever comes, in whatever order and however often: a group holds the latest of each member.</summary>
public sealed class GroupProperties
{
    private static readonly Gen<(List<Message> Sent, int Seed)> Histories =
        from messages in Gen.ListOf(Messages, 25)
        from seed in Gen.Choose(0, int.MaxValue)
        select (messages.ToList(), seed);

    [Fact]
    public void Apply_AnyOrderRepeatsAndBatches_GivesTheLatestOfEachMember() => Check(Histories, history =>
    {
        var expected = Latest(history.Sent, Noon);

        var group = Deliveries(history.Sent, history.Seed).Aggregate(GroupMembers.Empty, (before, batch) => before.Deliver(batch, Noon));

        Assert.Equal(Text(expected), Text(group.Members.Select(member => member.Contribution)));
    });

    [Fact]
    public void Apply_SameOnceMore_ChangesNothing() => Check(Histories, history =>
    {
        var group = GroupMembers.Empty.Deliver(history.Sent, Noon);

        Assert.Same(group, group.Deliver(history.Sent, Noon));
    });

    [Fact]
    public void Sums_AsTimePasses_AreOfThoseStillFreshAndHeard() => Check(Histories, history =>
    {
        var group = GroupMembers.Empty.Deliver(history.Sent, Noon);
        for (var hours = 0; hours < 30; hours += 5)
        {
            var now = Noon.AddHours(hours);
            var fresh = Latest(history.Sent, now);

            var sums = GroupSums.Of(group, now);

            Assert.Equal(fresh.Count, sums.All.Members);
            Assert.Equal(fresh.Count(one => one.IsHeard(now.ToUnixTimeSeconds())), sums.All.Voices);
            Assert.Equal(fresh.Where(one => one.IsHeard(now.ToUnixTimeSeconds())).Sum(one => one.Score!.Value), sums.All.Score);
            Assert.Equal(sums, GroupSums.Of(GroupRules.Tidy(group, now), now));
        }
    });

    [Fact]
    public void Apply_Removed_StaysOutForADayWhateverComesLate() => Check(Histories, history =>
    {
        var all = Enumerable.Range(1, 6).Select(member => new Message(null, Removal(member, 9))).ToList();
        var group = GroupMembers.Empty.Deliver(history.Sent, Noon).Deliver(all, Noon);

        Assert.Empty(group.Members);
        Assert.Empty(group.Deliver(history.Sent, Noon.AddHours(23.9)).Members);
        Assert.Empty(group.Deliver([], Noon.AddDays(1)).Removals);
    });

    [Fact]
    public void Sums_OfShards_MergeToThoseOfTheWhole() => Check(Histories, history =>
    {
        var whole = GroupMembers.Empty.Deliver(history.Sent, Noon);
        var half = GroupRules.RecordReleased(whole, Noon).Deliver(history.Sent.Select(message => message with { }), Noon);
        foreach (var group in new[] { whole, half })
        {
            var shards = group.Members.GroupBy(member => member.Contribution.Pseudonym.Low % 3).Select(shard => new GroupMembers([.. shard], [], 0));

            Assert.Equal(GroupSums.Of(group, Noon), shards.Select(shard => GroupSums.Of(shard, Noon)).Aggregate(GroupSums.Zero, GroupSums.Add));
        }
    });

    [Fact]
    public void Apply_Full_RefusesNewMembersOnly()
    {
        var group = Group(4, _ => 10);

        var step = GroupRules.Apply(group, [Contribution(3, -50, number: 2), Contribution(5, 1), Contribution(6, 1)], [], Noon, limit: 5);

        Assert.Equal(5, step.Members.Members.Length);
        Assert.Equal(new Pseudonym(0, 6), Assert.Single(step.Refused));
        Assert.Equal(-50, step.Members.Members[2].Contribution.Score);
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value);

    private static void Check<T>(Gen<T> cases, Action<T> property) => Prop.ForAll(Arb.From(cases), property).Check(Config.QuickThrowOnFailure);

    /// <summary>Worked out plainly: the greatest version of each member, unless a removal reaches it or it has lapsed.</summary>
    private static List<Contribution> Latest(IEnumerable<Message> sent, DateTimeOffset now) =>
    [
        .. sent.GroupBy(message => (message.Contribution?.Pseudonym ?? message.Removal?.Pseudonym)!.Value)
            .OrderBy(member => member.Key)
            .Select(member => (
                Latest: member.Select(message => message.Contribution).OfType<Contribution>().MaxBy(contribution => contribution.Version),
                Removed: member.Select(message => message.Removal?.Version).Max()))
            .Where(member => member.Latest is not null && !(member.Removed >= member.Latest.Version) && member.Latest.FreshUntil > now.ToUnixTimeSeconds())
            .Select(member => member.Latest!),
    ];

    private static IEnumerable<Message[]> Deliveries(List<Message> sent, int seed)
    {
        var random = new Random(seed);
        Message[] delivered = [.. sent, .. sent.Where(_ => random.Next(3) == 0)];
        random.Shuffle(delivered);
        return delivered.Chunk(random.Next(1, 8));
    }
}
