using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Signals;
using CustomerContext.Storage.Payloads;

namespace CustomerContext.Storage.Tests.Payloads;

/// <summary>The bytes of a live context: pinned, complete, small.</summary>
public sealed class CustomerPayloadTests
{
    private static readonly Stamp At = new(1_772_366_400_123, 0xDEADBEEF);

    [Fact]
    public void Encode_CustomerState_PinnedBytes()
    {
        var bytes = Convert.ToHexStringLower(CustomerPayload.Codec.Encode(WithRecent()));

        Assert.Equal(PinnedPayloads.CustomerState1WithRecent, bytes);
        Assert.Equal(bytes, Convert.ToHexStringLower(CustomerPayload.Codec.Encode(CustomerPayload.Codec.Decode(Convert.FromHexString(bytes)))));
    }

    [Fact]
    public void Decode_EverythingSet_NothingLost()
    {
        // A property that was added since must be set here, kept by the codec, and so seen to be kept.
        Assert.Empty(Unset.PropertiesIn(WithRecent()));
        var (state, read) = (WithRecent(), CustomerPayload.Codec.Decode(CustomerPayload.Codec.Encode(WithRecent())));

        Assert.Equivalent(state, read, strict: true);
        Assert.Equal(state.Window.Entries.ToArray(), read.Window.Entries.ToArray());
        Assert.Equal(state.Behaviours.Entries.ToArray(), read.Behaviours.Entries.ToArray());
    }

    [Fact]
    public void Decode_WrittenBeforePostsWereCounted_AllElseThere()
    {
        var state = CustomerPayload.Codec.Decode(Convert.FromHexString(PinnedPayloads.CustomerState1));
        var full = WithoutBehaviour();

        Assert.Equivalent(full with { Sources = [.. full.Sources.Select(source => source with { Posts = [] })] }, state, strict: true);
    }

    [Fact]
    public void Decode_WrittenBeforeBehaviours_AllElseThere() => Assert.Equivalent(
        WithoutBehaviour(), CustomerPayload.Codec.Decode(Convert.FromHexString(PinnedPayloads.CustomerState1WithPosts)), strict: true);

    [Fact]
    public void Decode_WrittenBeforeTurnsOfProgramsWereKnown_AllElseThere() => Assert.Equivalent(
        Full(), CustomerPayload.Codec.Decode(Convert.FromHexString(PinnedPayloads.CustomerState1WithBehaviour)), strict: true);

    [Fact]
    public void Decode_WrittenBeforePromises_AllElseThere() => Assert.Equivalent(
        WithPrograms(), CustomerPayload.Codec.Decode(Convert.FromHexString(PinnedPayloads.CustomerState1WithPrograms)), strict: true);

    [Fact]
    public void Decode_WrittenBeforeAnswersWereKept_AllElseThere() => Assert.Equivalent(
        WithPromises(), CustomerPayload.Codec.Decode(Convert.FromHexString(PinnedPayloads.CustomerState1WithPromises)), strict: true);

    [Fact]
    public void Decode_WrittenBeforePeopleWereKept_AllElseThere() => Assert.Equivalent(
        WithAnswers(), CustomerPayload.Codec.Decode(Convert.FromHexString(PinnedPayloads.CustomerState1WithAnswers)), strict: true);

    [Fact]
    public void Decode_WrittenBeforeNews_AllElseThere() => Assert.Equivalent(
        WithPages(), CustomerPayload.Codec.Decode(Convert.FromHexString(PinnedPayloads.CustomerState1WithPages)), strict: true);

    [Fact]
    public void Decode_WrittenBeforeOutcomes_AllElseThere() => Assert.Equivalent(
        WithNews(), CustomerPayload.Codec.Decode(Convert.FromHexString(PinnedPayloads.CustomerState1WithNews)), strict: true);

    [Fact]
    public void Decode_WrittenBeforePostsCouldBeTakenBack_AllElseThere() => Assert.Equivalent(
        WithMail(), CustomerPayload.Codec.Decode(Convert.FromHexString(PinnedPayloads.CustomerState1WithMail)), strict: true);

    [Fact]
    public void Decode_WrittenBeforeMail_AllElseThere() => Assert.Equivalent(
        WithOutcomes(), CustomerPayload.Codec.Decode(Convert.FromHexString(PinnedPayloads.CustomerState1WithOutcomes)), strict: true);

    [Fact]
    public void Decode_WrittenBeforePagesWereKept_AllElseThere() => Assert.Equivalent(
        WithNames(), CustomerPayload.Codec.Decode(Convert.FromHexString(PinnedPayloads.CustomerState1WithNames)), strict: true);

    [Fact]
    public void Decode_NameOfNoCounterparty_IsRefused()
    {
        var stored = ConversationPayload.ToMessage(WithNames().Sources[0].Conversations[0]);
        stored.Named[0].At = 2;

        Assert.Throws<PayloadException>(() => ConversationPayload.FromMessage(stored));
    }

    [Fact]
    public void Decode_PromiseOfNoTurn_IsRefused()
    {
        var stored = ConversationPayload.ToMessage(WithPromises().Sources[0].Conversations[0]);
        stored.Promises[0] = 2;

        Assert.Throws<PayloadException>(() => ConversationPayload.FromMessage(stored));
    }

    [Fact]
    public void Decode_Empty_Empty() =>
        Assert.Equivalent(CustomerState.Empty, CustomerPayload.Codec.Decode(CustomerPayload.Codec.Encode(CustomerState.Empty)), strict: true);

    [Fact]
    public void Encode_FullWindow_AtMostFourKibibytes()
    {
        // A signal every 20 minutes: the gap of 1,200 s takes two bytes.
        var entries = Enumerable.Range(0, 512).Select(number => new WindowEntry(1_772_366_400 + (number * 1_200), (1L << 40) - 1 - number));
        var state = CustomerState.Empty with { Window = new SignalWindow([.. entries], null) };

        Assert.InRange(CustomerPayload.Codec.Encode(state).Length, 1, 4096);
    }

    /// <summary>The same, since a conversation knows which turns programs sent, and each source counts what was evicted of its topics.</summary>
    private static CustomerState WithPrograms() => Full() with
    {
        Sources = [.. Full().Sources.Select(source => source with { Conversations = [.. source.Conversations.Select(one => one with { ProgramAt = At.At })], TopicError = new WeekSum(2_930, 12_345) })],
    };

    /// <summary>The same, since a turn can promise something.</summary>
    private static CustomerState WithPromises() => WithPrograms() with
    {
        Sources = [.. WithPrograms().Sources.Select(source => source with { Conversations = [.. source.Conversations.Select(WithPromise)] })],
    };

    /// <summary>The same, since a conversation knows when a question was last answered.</summary>
    private static CustomerState WithAnswers() => WithPromises() with
    {
        Sources = [.. WithPromises().Sources.Select(source => source with { Conversations = [.. source.Conversations.Select(one => one with { AnsweredAt = At.At - 9 })] })],
    };

    /// <summary>The same, since a conversation knows who its counterparties are.</summary>
    private static CustomerState WithNames() => WithAnswers() with
    {
        Sources = [.. WithAnswers().Sources.Select(source => source with { Conversations = [.. source.Conversations.Select(WithName)] })],
    };

    /// <summary>The same, since pages that were read are kept.</summary>
    private static CustomerState WithPages() => WithNames() with
    {
        Sources =
        [
            .. WithNames().Sources.Select(source => source with
            {
                Pages =
                [
                    new ReadPage(new TenantId("acme"), "https://help.example.org/a", ["app", "router"], 1_772_366_400, true, At, true),
                    new ReadPage(new TenantId("acme"), "https://help.example.org/b", [], 1_772_366_401, false, default, false),
                ],
            }),
        ],
    };

    /// <summary>The same, since companies are told of their grants.</summary>
    private static CustomerState WithNews() => WithPages() with { Told = [new NewsId(7, new GrantId("0f0f")), new NewsId(9, new GrantId("1e1e"))] };

    /// <summary>The same, since customers have mail about looks.</summary>
    private static CustomerState WithMail() => WithOutcomes() with
    {
        LookMail = new LookMail(LookMailKind.Daily, [1, 2, 3], "de", DateTimeOffset.FromUnixTimeMilliseconds(At.At)),
        LookMailTold = new LookMailTold(7, new DateOnly(2026, 3, 1)),
    };

    /// <summary>The same, since it is kept what came of interactions.</summary>
    private static CustomerState WithOutcomes() => WithNews() with
    {
        Sources =
        [
            .. WithNews().Sources.Select(source => source with
            {
                Outcomes =
                [
                    new SaidOutcome(new TenantId("acme"), "call-7", InteractionResult.NotSolved, ["app", "router"], At),
                    new SaidOutcome(new TenantId("acme"), "call-6", InteractionResult.Solved, [], At with { At = At.At - 1 }),
                ],
            }),
        ],
    };

    /// <summary>The same, since posts of a network can be taken back.</summary>
    private static CustomerState WithRecent() => WithMail() with
    {
        Sources =
        [
            .. WithMail().Sources.Select(source => source with
            {
                Recent = [new RecentPost(At, -1_000, 1_000, Provenance.Observed, ["app", "router"]), new RecentPost(At with { At = At.At + 1 }, 0, 0, Provenance.Inferred, [])],
            }),
        ],
    };

    private static Conversation WithName(Conversation one) => one.Counterparties.IsEmpty
        ? one
        : one with { Counterparties = one.Counterparties.SetItem(1, one.Counterparties[1] with { Customer = new CustomerKey("00ff") }) };

    private static Conversation WithPromise(Conversation one) => one.Turns.IsEmpty
        ? one
        : one with { Turns = one.Turns.SetItem(1, one.Turns[1] with { State = ConversationState.Promised, PromisedUntil = At.At + 86_400_000 }) };

    /// <summary>The same as it was before there was behaviour.</summary>
    private static CustomerState WithoutBehaviour() => Full() with
    {
        Behaviours = SignalWindow.Empty,
        Sources = [.. Full().Sources.Select(source => source with { Topics = [.. source.Topics.Select(topic => topic with { LastShare = 1_000 })] })],
    };

    /// <summary>Every field set, with extremes.</summary>
    private static CustomerState Full() => new(
        1_772_366_400,
        [Source("acme/chat", 2), SourceContext.Of(SourceId.Customer)],
        new SignalWindow([new WindowEntry(5, 0), new WindowEntry(1_772_366_399, (1L << 40) - 1), new WindowEntry(1_772_366_400, 77)], new WindowEntry(4, 1)))
    {
        Taken = 12_345,
        Behaviours = new SignalWindow([new WindowEntry(1_772_366_300, 5), new WindowEntry(1_772_366_400, 6)], new WindowEntry(3, 2)),
    };

    private static SourceContext Source(string name, int buckets) => new(
        new SourceId(name),
        new LastScored(1, 2, 1_772_366_400),
        [.. Enumerable.Range(0, buckets).Select(number => new Bucket(492_324 + number, -1_000 * number, 1 + number, 3))],
        [new Bucket(20_513, long.MinValue / 2, long.MaxValue / 2, int.MaxValue)],
        [new Bucket(2_930, 0, 1, 1)],
        [
            new Conversation(
                "case-7", "chat", [new Counterparty(Role.Agent), new Counterparty(Role.Other)], ["billing", "delivery"], At, "https://acme.example/7", At,
                [new Turn(At, Role.Customer, ConversationState.Opened, -250, 900), new Turn(At with { At = At.At + 5 }, Role.Agent, ConversationState.Answered, 0, 0)],
                [new DayTally(20_513, -250, 900, 1, 1_772_366_400)]),
            new Conversation("case-8", "mail", [], [], default, null, default, [], []),
        ],
        [new TopicEntry("billing", 1_772_366_400, [new TopicWeek(2_929, 1_000, -1, 5), new TopicWeek(2_930, 2_000, 0, 0)], new WeekSum(2_930, 4)), new TopicEntry("x", 0, [], null, 50)],
        [new TraitEntry("tier", "gold", At, true), new TraitEntry("gone", "", At, false)],
        [new CorrectedTopic("billing", At, -1_000), new CorrectedTopic("delivery", At, null)],
        new CorrectedScore(At, 1_000),
        new SurveyAnswer(At, -500, "csat", 2_000, 1_000, 5_000),
        new UpstreamEntry(At, 2_500, -1_000, 10_000))
    {
        Posts = [new PostWeek(2_929, 1), new PostWeek(2_930, 40)],
    };
}
