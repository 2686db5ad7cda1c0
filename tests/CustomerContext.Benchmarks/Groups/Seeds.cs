using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using CustomerContext.Domain.Tribes;
using CustomerContext.Grains;
using CustomerContext.Benchmarks.Town;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>Lays customers, followers and tribes of any size into a silo's store, as their grains would have written them.</summary>
internal sealed class Seeds(SeededSilo silo)
{
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    private Statement LongAgo => new(new Stamp(_now.AddDays(-30).ToUnixTimeMilliseconds(), 0), default);

    /// <summary>The key of a made-up customer.</summary>
    public static CustomerKey Key(long number) => new($"{number:x32}");

    /// <summary>The address by which a customer laid down by <see cref="Customer"/> is known.</summary>
    public static string Email(CustomerKey customer) => $"{customer.Value}@example.org";

    /// <summary>
    /// A customer with friends whose mood is released, with followers and in tribes; they let the tenant collect, contribute for its purpose, and
    /// granted it everything.
    /// </summary>
    public async Task Customer(CustomerKey me, int friends, int followers, params string[] tribes)
    {
        ImmutableArray<CustomerKey> others = [.. Enumerable.Range(1, friends).Select(number => Other(me, number))];
        await Acknowledged(me, followers);
        await silo.Lay(StoreNames.Ties, silo.Customer(me), TiesState.Empty with
        {
            Ties = [.. others.Select(other => Held(other, TieKind.Friend))],
            Memberships = [.. tribes.Order(StringComparer.Ordinal).Select(tribe => new Membership(new TribeId(tribe), LongAgo, []))],
            Networks = friends == 0 ? [] : [NetworkOf(me, others)],
            Outbox = Outbox.None with { Followers = new Followers(ShardsOf(followers, Limits.Ties.FollowersPerShard), default, default) },
        });
        await silo.Link(me, Email(me));
        var yes = new Preferences(SourceScope.Of([new TenantId(Tokens.Tenant)], [SourceId.Customer]), [new Purpose(Customers.Purpose)], false, false, true, false);
        await silo.Customer(me).SetPreferences(new SetPreferences("preferences", yes));
        var terms = new GrantTerms([new Purpose(Customers.Purpose)], FacetSet.All, SourceScope.None, null, null, GrantWhen.AnyTime, Owners: SourceOwners.Own);
        await silo.Customer(me).CreateGrant(new CreateGrant("grant", new TenantId(Tokens.Tenant), terms));
    }

    /// <summary>A tribe of so many heard members, with its first release.</summary>
    public async Task Tribe(string tribe, int members)
    {
        var shards = ShardsOf(members, Limits.Groups.ShardMembers);
        for (var shard = 0; shard < shards; shard++)
        {
            var from = shard * Limits.Groups.ShardMembers;
            var some = Enumerable.Range(from, Math.Min(Limits.Groups.ShardMembers, members - from)).Select(member => Contributions.Of(member, 1, _now));
            await silo.Lay(StoreNames.TribeShard, silo.Shard(tribe, shard), new TribeShardState(Group(some), null));
        }

        var due = ReleaseClock.Next(silo.Secret.ReleaseMinute(SeededSilo.Group(tribe)), Cadence.Daily, _now);
        await silo.Lay(StoreNames.Tribe, silo.Tribe(tribe), TribeState.Empty.Open(null, due) with { Shards = shards });
        await silo.Tribe(tribe).Finish(1);
    }

    /// <summary>So many who follow a customer, and the lists of them.</summary>
    private async Task Acknowledged(CustomerKey me, int followers)
    {
        var all = Enumerable.Range(1, followers).Select(number => Other(me, number + Limits.Ties.Held)).ToArray();
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (follower, _) =>
            await silo.Lay(StoreNames.Ties, silo.Customer(follower), TiesState.Empty with { Ties = [Held(me, TieKind.Follows)] }));
        foreach (var (shard, some) in all.Chunk(Limits.Ties.FollowersPerShard).Index())
        {
            var list = new FollowerList(null, [.. some.Select(follower => new Follower(follower, TieKind.Follows, default, default))]);
            await silo.Lay(StoreNames.Followers, silo.Followers(me, shard), list);
        }
    }

    private Network NetworkOf(CustomerKey me, ImmutableArray<CustomerKey> friends)
    {
        var audience = new Audience(Customers.Purpose);
        var group = GroupId.Friends(me, audience);
        var members = Group(friends.Select((friend, number) => Contributions.Of(silo.Secret.Pseudonym(friend, group), number, 1, _now)));
        var mood = new NetworkMood(MoodWord.Good, Direction.Steady, Direction.Steady, SizeBand.From10, _now.AddHours(-1));
        return new Network(GroupKind.Friends, audience, members, new NetworkState(mood, friends.Length, []), _now.AddDays(1).ToUnixTimeSeconds());
    }

    private Tie Held(CustomerKey other, TieKind kind) => new(other, kind, LongAgo, LongAgo, [], true, LongAgo.Began);

    private static GroupMembers Group(IEnumerable<Contribution> contributions) =>
        new([.. contributions.OrderBy(one => one.Pseudonym).Select(one => new GroupMember(one, null))], [], 0);

    /// <summary>One of the people around a customer; numbers ascend in the order of keys.</summary>
    private static CustomerKey Other(CustomerKey me, int number) => new($"{me.Value[16..]}{number:x16}");

    private static int ShardsOf(int members, int most) => (members + most - 1) / most;
}
