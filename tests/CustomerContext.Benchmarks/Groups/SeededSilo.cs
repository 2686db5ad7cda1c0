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
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Ties;
using CustomerContext.Grains.Tribes;
using CustomerContext.Silo.Hosting;
using CustomerContext.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>A silo in this process, with customers and tribes of any size laid into its store before their grains are there.</summary>
internal sealed class SeededSilo : IAsyncDisposable
{
    public const string Purpose = "service.support";

    private static readonly ContributionVersion _first = new(0, 1);

    private readonly WebApplication _app;
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    private SeededSilo(WebApplication app) => _app = app;

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    private GroupSecret Secret => _app.Services.GetRequiredService<GroupSecret>();

    public static async Task<SeededSilo> Start(string folder)
    {
        var app = SiloHost.Build(["--data", folder, "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0", "--silo-port", "0", "--gateway-port", "0"]);
        await app.Services.StartStorageAsync();
        await app.StartAsync();
        return new SeededSilo(app);
    }

    public ICustomerGrain Customer(CustomerKey customer) => Grains.GetGrain<ICustomerGrain>(customer.Value);

    public static CustomerKey Person(long number) => new($"{number:x32}");

    public static GroupId Group(string tribe) => GroupId.Tribe(tribe, new Audience(Purpose));

    /// <summary>A customer with so many contributing friends and a released mood, in a tribe, who granted everything.</summary>
    public async Task SeedCustomer(CustomerKey me, int friends, string tribe)
    {
        var audience = new Audience(Purpose);
        var word = new Word(new Stamp(_now.AddDays(-30).ToUnixTimeMilliseconds(), 0), default);
        var group = GroupId.Friends(me, audience);
        ImmutableArray<CustomerKey> others = [.. Enumerable.Range(1, friends).Select(number => Person((Convert.ToInt64(me.Value[16..], 16) << 16) + number))];
        ImmutableArray<GroupMember> members = [.. others.Select((other, i) => Member(Secret.Pseudonym(other, group), i)).OrderBy(member => member.Contribution.Pseudonym)];
        var network = new Network(
            GroupKind.Friends,
            audience,
            new GroupMembers(members, [], 0),
            new NetworkState(new NetworkMood(MoodWord.Good, Direction.Steady, Direction.Steady, SizeBand.From10, _now.AddHours(-1)), friends, []),
            _now.AddDays(1).ToUnixTimeSeconds());
        var ties = TiesState.Empty with
        {
            Ties = [.. others.Select(other => new Tie(other, TieKind.Friend, word, word, [], true, true)).OrderBy(tie => tie.Other.Value, StringComparer.Ordinal)],
            Memberships = [new Membership(new TribeId(tribe), word, [])],
            Networks = [network],
        };
        await Write(StoreNames.Ties, Customer(me), ties);
        var yes = new Preferences(SourceScope.Of([new TenantId("acme")], [SourceId.Customer]), [], false, false, true, false);
        await Customer(me).SetPreferences(new SetPreferences("p1", yes));
        var terms = new GrantTerms([new Purpose(Purpose)], FacetSet.All, [], null, null, GrantWhen.AnyTime);
        await Customer(me).CreateGrant(new CreateGrant("g1", new TenantId("acme"), terms));
    }

    /// <summary>A tribe of so many heard members, released once.</summary>
    public async Task SeedTribe(string tribe, int members)
    {
        var (group, shards) = (Group(tribe), (members + Limits.Groups.ShardMembers - 1) / Limits.Groups.ShardMembers);
        var sums = GroupSums.Zero;
        for (var shard = 0; shard < shards; shard++)
        {
            var from = shard * Limits.Groups.ShardMembers;
            var count = Math.Min(Limits.Groups.ShardMembers, members - from);
            ImmutableArray<GroupMember> some = [.. Enumerable.Range(from, count).Select(number => Member(new Pseudonym((ulong)number, 1), number))];
            var state = new TribeShardState(new GroupMembers(some, [], 0), null);
            sums += GroupSums.Of(state.Members, _now);
            await Write(StoreNames.TribeShard, Shard(tribe, shard), state);
        }

        var minute = Secret.ReleaseMinute(group);
        var at = ReleaseClock.Latest(minute, Cadence.Daily, _now);
        await Write(StoreNames.Tribe, Grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(group)), TribeState.Empty.Open(null, at).Release(sums, Secret.Seed(group, at), minute, at) with
        {
            Shards = shards,
            IsMarking = false,
        });
    }

    /// <summary>So many who are told what a customer contributes; none of them exists.</summary>
    public async Task SeedFollowers(CustomerKey me, int followers)
    {
        var shards = (followers + Limits.Ties.FollowersPerShard - 1) / Limits.Ties.FollowersPerShard;
        for (var shard = 0; shard < shards; shard++)
        {
            var from = shard * Limits.Ties.FollowersPerShard;
            var some = Enumerable.Range(from, Math.Min(Limits.Ties.FollowersPerShard, followers - from));
            var list = new FollowerList(null, [.. some.Select(number => new Follower(Person(0xF000_0000L + number), TieKind.Follows, default))]);
            await Write(StoreNames.Followers, Grains.GetGrain<IFollowerShardGrain>(FollowerShards.KeyOf(me, shard)), list);
        }

        await Write(StoreNames.Ties, Customer(me), TiesState.Empty with { Outgoing = Outgoing.None with { Followers = new Followers(shards, default, default) } });
    }

    public ITribeShardGrain Shard(string tribe, int number) => Grains.GetGrain<ITribeShardGrain>(TribeKeys.Shard(Group(tribe), number));

    /// <summary>A contribution that says something new.</summary>
    public Contribution Contribution(long number, long version) => Member(new Pseudonym((ulong)number, 1), number + version).Contribution with { Version = new(1, version) };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private GroupMember Member(Pseudonym pseudonym, long number) => new(
        new Contribution(
            pseudonym,
            _first,
            (int)(number % 101) - 50,
            (int)(number % 101) - 50,
            (int)(number % 3),
            (Stratum)(number % 3),
            _now.AddDays(-30).ToUnixTimeSeconds(),
            _now.AddDays(20).ToUnixTimeSeconds(),
            _now.AddDays(7).ToUnixTimeSeconds(),
            [new ContributedTopic($"topic-{number % 50}", (int)(number % 51))]),
        new ReleasedScore(0, 0));

    private async Task Write<T>(string slot, IGrainWithStringKey grain, T value)
    {
        var state = new GrainState<T>(value);
        await _app.Services.GetRequiredKeyedService<IGrainStorage>(StoreNames.Store).WriteStateAsync(slot, grain.GetGrainId(), state);
    }
}
