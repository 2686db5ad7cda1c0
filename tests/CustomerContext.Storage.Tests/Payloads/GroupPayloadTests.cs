using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Influence;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using CustomerContext.Domain.Tribes;
using CustomerContext.Storage.Payloads;

namespace CustomerContext.Storage.Tests.Payloads;

/// <summary>The bytes of ties and groups: pinned, complete, small enough for a full shard.</summary>
public sealed class GroupPayloadTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Stamp At = new(1_772_366_400_123, 0xDEADBEEF);
    private static readonly Statement Said = new(At, new Stamp(1_772_366_400_124, 1));
    private static readonly ContributionVersion Version = new(3, 12_345);

    [Fact]
    public void Encode_TiesState_PinnedBytes() => AssertPinned(Ties(), PinnedPayloads.TiesState1);

    [Fact]
    public void Encode_FollowerList_PinnedBytes() => AssertPinned(Followers(), PinnedPayloads.FollowerList1);

    [Fact]
    public void Encode_TribeState_PinnedBytes() => AssertPinned(Tribe(), PinnedPayloads.TribeState1);

    [Fact]
    public void Encode_FriendCodeState_PinnedBytes() => AssertPinned(FriendCode(), PinnedPayloads.FriendCodeState1);

    [Fact]
    public void Encode_TribeShardState_PinnedBytes() => AssertPinned(Shard(), PinnedPayloads.TribeShardState1);

    [Fact]
    public void Decode_EverythingSet_NothingLost()
    {
        foreach (var example in new object[] { Ties(), Followers(), FriendCode(), Tribe(), Shard() })
        {
            Assert.Empty(Unset.PropertiesIn(example));
        }

        Assert.Equivalent(Ties(), Again(Ties()), strict: true);
        Assert.Equivalent(Followers(), Again(Followers()), strict: true);
        Assert.Equivalent(FriendCode(), Again(FriendCode()), strict: true);
        Assert.Equivalent(Tribe(), Again(Tribe()), strict: true);
        Assert.Equivalent(Shard(), Again(Shard()), strict: true);
    }

    /// <summary>Tribes did not ask from the first day on.</summary>
    [Fact]
    public void Decode_WrittenBeforeTribesAsked_AllElseIsThere()
    {
        var before = Ties() with { Asked = null, RecentRequests = [], FriendCodes = [], Outbox = Ties().Outbox with { Readings = [] } };
        before = before with
        {
            Ties = [.. before.Ties.Select(tie => tie with { Stance = TieStance.Open, StanceAt = 0 })],
            Networks = [.. before.Networks.Select(network => network with { Releases = network.Releases with { History = [] } })],
        };
        Assert.Equivalent(before, PayloadCodecs.For<TiesState>().Decode(Convert.FromHexString(PinnedPayloads.TiesState1BeforeQuestions)), strict: true);
        Assert.Equivalent(Tribe() with { Question = null, Readers = null }, PayloadCodecs.For<TribeState>().Decode(Convert.FromHexString(PinnedPayloads.TribeState1BeforeQuestions)), strict: true);
    }

    [Fact]
    public void Decode_StrataWithoutAScore_StillWithout()
    {
        var unknown = Release(null, new KnownStrata(null, 0, -1_000, 1_000));
        var tribe = Tribe() with { History = Tribe().History with { Last = unknown } };

        Assert.Equivalent(tribe, Again(tribe), strict: true);
    }

    [Fact]
    public void Decode_Empty_Empty()
    {
        Assert.Equivalent(TiesState.Empty, Again(TiesState.Empty), strict: true);
        Assert.Equivalent(FollowerList.Empty, Again(FollowerList.Empty), strict: true);
        Assert.Equivalent(FriendCodeState.Nobodys, Again(FriendCodeState.Nobodys), strict: true);
        Assert.Equivalent(TribeState.Empty, Again(TribeState.Empty), strict: true);
        Assert.Equivalent(TribeShardState.Empty, Again(TribeShardState.Empty), strict: true);
    }

    [Fact]
    public void Encode_FullShard_FitsIntoOnePayload()
    {
        var members = Enumerable.Range(0, Limits.Groups.ShardMembers).Select(number => Member((ulong)number << 40, $"topic-{number % 500}"));
        var bytes = PayloadCodecs.For<TribeShardState>().Encode(new TribeShardState(new GroupMembers([.. members], [], 0), null));

        Assert.InRange(bytes.Length, 1, Limits.Storage.PayloadBytes);
    }

    /// <summary>Each names three other pages, with the longest addresses and topics that there are, and they have been summed up as well.</summary>
    [Fact]
    public void Encode_FullShardOfReaders_FitsIntoOnePayload()
    {
        var members = Enumerable.Range(0, Limits.Help.ShardReaders).Select(number => new GroupMember(
            Member((ulong)number << 40, "x").Contribution with { Topics = [.. Enumerable.Range(0, Limits.Help.OfOneReader).Select(page => new ContributedTopic(Longest(number, page), 0))] }, null));
        var group = new GroupMembers([.. members], [], 0);
        var sums = GroupSums.Of(group, DateTimeOffset.UnixEpoch);
        var bytes = PayloadCodecs.For<TribeShardState>().Encode(new TribeShardState(group, new SealedSums(1, sums, false)));

        Assert.Equal(Limits.Help.ShardReaders * Limits.Help.OfOneReader, sums.Topics.Length);
        Assert.InRange(bytes.Length, Limits.Storage.PayloadBytes / 2, Limits.Storage.PayloadBytes);
    }

    private static string Longest(int number, int page) =>
        new HelpedWith(string.Concat(Enumerable.Repeat("𠮷", Limits.Signals.TopicCharacters)), $"https://help.example.org/{number}/{page}".PadRight(Limits.Signals.ResourceBytes, 'a')).Key;

    private static T Again<T>(T value) => PayloadCodecs.For<T>().Decode(PayloadCodecs.For<T>().Encode(value));

    private static void AssertPinned<T>(T value, string pinned)
    {
        var codec = PayloadCodecs.For<T>();
        Assert.Equal(pinned, Convert.ToHexStringLower(codec.Encode(value)));
        Assert.Equal(pinned, Convert.ToHexStringLower(codec.Encode(codec.Decode(Convert.FromHexString(pinned)))));
    }

    private static TiesState Ties() => new(
        [
            new Tie(new CustomerKey("00ff"), TieKind.Friend, Said, Said, [new Claim(new SourceId("acme/forum"), Said)], true, Said.Began) { Stance = TieStance.Blocked, StanceAt = 1_772_366_400_123 },
            new Tie(new CustomerKey("11ee"), TieKind.Follows, Said, default, [], false, default),
        ],
        [new Membership(new TribeId("e-bikers"), Said, [new Claim(new SourceId("acme/forum"), Said)]), new Membership(new TribeId("gardeners"), default, [])],
        new Outbox(
            12_345,
            Sent(),
            [new AudienceYes(new Audience("service.support"), 1_772_366_400)],
            [
                new Placement(new TribeId("e-bikers"), new Audience("service.support"), 3, 1_772_366_400, Version, Version, true),
                new Placement(new TribeId("gardeners"), new Audience("publish"), null, 1_772_366_400, Version, default, false),
            ],
            new Followers(2, Version, Version))
        {
            Readings =
            [
                new ReadersPlace(new TenantId("acme"), 4, Sent(), 1_772_366_400, Version, Version),
                new ReadersPlace(new TenantId("globex"), null, null, 1_772_366_400, Version, default),
            ],
        },
        [
            new Network(
                GroupKind.Friends,
                new Audience("service.support"),
                Group(),
                new NetworkState(
                    new NetworkMood(MoodWord.Good, Direction.Rising, Direction.Falling, SizeBand.From25, Now), 31, [new NetworkStride(Now.AddDays(-1), Now, 12, -30, 900)])
                {
                    History = [new NetworkMood(MoodWord.Mixed, Direction.Steady, Direction.Rising, SizeBand.From10, Now.AddDays(-1)), new NetworkMood(MoodWord.Good, Direction.Rising, Direction.Falling, SizeBand.From25, Now)],
                },
                1_772_366_400),
            new Network(GroupKind.Followed, new Audience("service.complaint"), GroupMembers.Empty, NetworkState.Empty, 1),
        ],
        new InfluenceState([new TopicReach("router", [new ReachedPerson(new Pseudonym(ulong.MaxValue, 1), 2_930)], [new AnswerWeek(2_929, 5, 4), new AnswerWeek(2_930, 1, 1)])]),
        new SignalWindow([new WindowEntry(5, 1), new WindowEntry(1_772_366_400, 77)], new WindowEntry(4, 1)))
    {
        Taken = 99,
        RecentRequests = [new RecentRequest("answer-1", "Block 0011")],
        FriendCodes = [new FriendCode("code-1", 1, "ffeeddccbbaa99887766554433221100", Now.AddDays(7))],
        Asked = new AskedQuestion("00112233445566778899aabbccddeeff", new TribeId("e-bikers"), "router", Now, Now.AddDays(14), true),
        InfluenceShown = new InfluenceRelease([new TopicInfluence("router", 250, 12, 4, 5)], 1_772_366_400, 1_772_452_800),
    };

    private static FollowerList Followers() => new(
        new Announcement(new CustomerKey("00ff"), Version, Sent(), [new AudienceYes(new Audience("service.support"), 1_772_366_400)]),
        [new Follower(new CustomerKey("11ee"), TieKind.Friend, Said.Began, Version), new Follower(new CustomerKey("22dd"), TieKind.Follows, default, default)]);

    private static FriendCodeState FriendCode() => new(new CustomerKey("00ff"), Now.AddDays(7), new CustomerKey("11ee"));

    private static TribeState Tribe() => new(
        7,
        Now,
        12,
        true,
        new TribeHistory(
            3,
            Cadence.Hourly,
            Release(new CorrectedMood(-300, -500, -100), null),
            Release(null, new KnownStrata(200, 400, -500, 700)),
            [new TrendPoint(Now, -300, 60), new TrendPoint(Now.AddDays(1), null, 0)]))
    {
        Question = new PanelQuestion("00112233445566778899aabbccddeeff", "router", new ReleaseSeed(ulong.MaxValue, 1), 10_000, 500, 1, Now, Now.AddDays(14)),
        Readers = new ReadersRelease(Now, [new HelpfulPage(new HelpedWith("router", "https://help.example.org/a"), SizeBand.From25)]),
    };

    private static TribeShardState Shard()
    {
        var stratum = new StratumSums(9, 8, -7, 6, 5, -4, 3, 2);
        var topics = new TopicSums("router", 3, [new InfluenceCount(50, 1)]);
        return new(Group(), new SealedSums(12, new GroupSums(stratum, stratum, stratum, new PostSums(40, -30, 20, 10, -5, 7), [topics]), true));
    }

    private static TribeRelease Release(CorrectedMood? corrected, KnownStrata? known) => new(
        3, Now, Now.AddDays(1), 100, corrected, known, Direction.Steady, ["router", "app"], 60, 100, [new StandingCut("router", 30, 51)]);

    private static SentContribution Sent() =>
        new(new Voice(-50, 50, 100, Stratum.Many, 1_774_958_400, [new ContributedTopic("router", 50), new ContributedTopic("app", 1)], 1_774_958_401), 1_773_057_600);

    private static GroupMembers Group() => new(
        [
            Member(1, "router"),
            new GroupMember(new Contribution(new Pseudonym(2, ulong.MaxValue), Version, null, null, 0, Stratum.Silent, 1, 0, 1_773_057_600, []), null),
            new GroupMember(
                new Contribution(new Pseudonym(3, 1), Version, 0, null, 3, Stratum.Few, 1_772_366_400, 1_774_958_400, 1_773_057_600, []), new ReleasedScore(0, null)),
        ],
        [new GroupRemoval(new Removal(new Pseudonym(9, 9), Version), 1_772_452_800)],
        2);

    private static GroupMember Member(ulong high, string topic) => new(
        new Contribution(
            new Pseudonym(high, 7),
            Version,
            -50,
            50,
            100,
            Stratum.Many,
            1_772_366_400,
            1_774_958_400,
            1_773_057_600,
            [new ContributedTopic(topic, 50), new ContributedTopic("app", 0), new ContributedTopic("coffee", 12)]),
        new ReleasedScore(-49, 49));
}
