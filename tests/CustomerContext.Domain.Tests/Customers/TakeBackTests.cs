using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerContext.Domain.Tests.Customers;

/// <summary>What a network takes back is as if it had never been sent, whatever came before, between and after; and only of that network.</summary>
public sealed class TakeBackTests
{
    private static readonly SourceId _network = new("mastodon-example/posts");
    private static readonly SourceId _other = new("other-network/posts");
    private static readonly string[] _topics = ["router", "jazz", "billing"];

    private static readonly Gen<(int Seed, int Posts)> _cases = from seed in Gen.Choose(0, 1_000_000) from posts in Gen.Choose(1, 64) select (seed, posts);

    /// <summary>With room for all conversations, everything is equal; beyond it, everything but them.</summary>
    [Fact]
    public void TakeBack_InAnyOrder_AsIfItHadNeverCome() => Prop.ForAll(Arb.From(_cases), run =>
    {
        var random = new Random(run.Seed);
        ScoredSignal[] posts = [.. Enumerable.Range(0, run.Posts).Select(i => Post(random, i, ownConversation: true))];
        ScoredSignal[] gone = [.. posts.Where(_ => random.Next(2) == 0)];

        // Each is sent, some twice, some only after they were taken back.
        ScoredSignal[] sent = [.. posts.Concat(posts).Concat(gone.Select(Back)).Concat(gone.Select(Back)).OrderBy(_ => random.Next())];
        var (left, expected) = (Taken(sent), Taken(posts.Except(gone)));

        var keepsConversations = run.Posts <= Limits.Customers.Conversations;
        Assert.Equal(Text(expected, keepsConversations), Text(left, keepsConversations));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    /// <summary>Several posts of a conversation weigh one message a day at most, so what is left has to be capped anew.</summary>
    [Fact]
    public void TakeBack_OfAConversation_WhatIsLeftWeighsAsIfAlone() => Prop.ForAll(Arb.From(Gen.Choose(0, 1_000_000)), seed =>
    {
        var random = new Random(seed);
        ScoredSignal[] posts = [.. Enumerable.Range(0, Limits.Customers.Turns).Select(i => Post(random, i, ownConversation: false))];
        ScoredSignal[] gone = [.. posts.Where(_ => random.Next(2) == 0)];

        var (left, expected) = (Taken([.. posts, .. gone.Select(Back)]), Taken(posts.Except(gone)));

        Assert.Equal(Text(expected, conversations: false), Text(left, conversations: false));
        Assert.Equal(Turns(expected), Turns(left));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    /// <summary>Of a conversation that has dropped some of its posts, their weight alone is known and not what the cap left of it. What remains is a possible score all the same.</summary>
    [Fact]
    public void TakeBack_BeyondTheTurnsThatAreKept_LeavesPossibleSums() => Prop.ForAll(Arb.From(_cases), run =>
    {
        var random = new Random(run.Seed);
        ScoredSignal[] posts = [.. Enumerable.Range(0, Limits.Customers.Turns + run.Posts).Select(i => Post(random, i, ownConversation: false))];
        var left = Taken([.. posts, .. posts.Where(_ => random.Next(2) == 0).Select(Back)]);

        Assert.All(
            left.Sources.SelectMany(source => source.Hours.Concat(source.Days).Concat(source.Weeks)),
            bucket => Assert.True(bucket.Count > 0 && bucket.Weight > 0 && Math.Abs(bucket.Score) <= bucket.Weight, $"{bucket}"));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void TakeBack_Everything_NothingOfTheSourceIsKept()
    {
        var (one, two) = (Post("1", -900, "router"), Post("2", 900, "jazz"));
        Assert.Empty(Taken([one, two, Back(one), Back(two)]).Sources);
    }

    [Fact]
    public void TakeBack_OfAnotherSourceTimeOrId_ChangesNothing()
    {
        var post = Post("1", -900, "router");
        var state = Taken([post]);
        ScoredSignal[] others =
        [
            Back(post with { Signal = post.Signal with { Source = _other } }),
            Back(post with { Signal = post.Signal with { OccurredAt = post.Signal.OccurredAt.AddMilliseconds(1) } }),
            Back(post with { Signal = post.Signal with { Id = "2" } }),
        ];

        Assert.Equal(Given.Text(state.Sources), Given.Text(Taken([post, .. others]).Sources));
    }

    [Fact]
    public void TakeBack_OfACompanysSignal_ChangesNothing()
    {
        var turn = Given.Turn("1", Given.Noon, -900, topics: "router");
        var state = Given.State(turn);

        Assert.Same(state, state.Apply(Back(turn)).Value?.State);
    }

    [Fact]
    public void TakeBack_Repeated_IsADuplicateAndChangesNothing()
    {
        var post = Post("1", -900, "router");
        var state = Taken([post, Post("2", 900, "jazz"), Back(post)]);
        var again = CustomerRules.Apply(Given.Customer, state, Back(post), ofNetwork: true).Value!;

        Assert.True(again.IsDuplicate);
        Assert.Same(state, again.State);
    }

    [Fact]
    public void TakeBack_TheNewest64_AndNoOlderOne()
    {
        ScoredSignal[] posts = [.. Enumerable.Range(0, Limits.Customers.RecentPosts + 1).Select(i => Post($"p{i}", -900, "router", Given.Noon.AddMinutes(i - 100)))];
        var state = Taken(posts);

        Assert.Equal(Limits.Customers.RecentPosts, state.Sources[0].Recent.Length);
        Assert.Equal(Count(state) - 1, Count(Taken([.. posts, Back(posts[1])])));
        Assert.Equal(Count(state), Count(Taken([.. posts, Back(posts[0])])));

        // All that can be: what the oldest added is left, without a trace of what it was.
        var rest = Taken([.. posts, .. posts.Select(Back)]);
        Assert.Equal((1, 0), (Count(rest), rest.Sources[0].Recent.Length));
        Assert.Empty(rest.Sources[0].Conversations);
    }

    [Fact]
    public void TakeBack_AfterTwentySixWeeks_NothingIsLeftToTakeBack()
    {
        var post = Post("1", -900, "router");
        Assert.Single(Taken([post, Post("2", 0, "jazz", Given.Noon.AddDays(7 * 25))]).Sources[0].Recent, one => one.Topics.Contains("router"));
        Assert.DoesNotContain(Taken([post, Post("2", 0, "jazz", Given.Noon.AddDays(7 * 27))]).Sources[0].Recent, one => one.Topics.Contains("router"));
    }

    private static int Count(CustomerState state) => state.Sources[0].Weeks.Sum(week => week.Count);

    private static IEnumerable<(string, Turn)> Turns(CustomerState state) => state.Sources.SelectMany(source => source.Conversations).SelectMany(one => one.Turns.Select(turn => (one.Id, turn)));

    private static CustomerState Taken(IEnumerable<ScoredSignal> signals) =>
        signals.Aggregate(CustomerState.Empty, (state, signal) => CustomerRules.Apply(Given.Customer, state, signal, ofNetwork: true).Value?.State ?? state);

    private static string Text(CustomerState state, bool conversations) =>
        Given.Text(state.Sources.Select(source => conversations ? source : source with { Conversations = [] }));

    private static ScoredSignal Back(ScoredSignal post) =>
        new(new TakeBackSignal { Id = post.Signal.Id, Source = post.Signal.Source, OccurredAt = post.Signal.OccurredAt }, null);

    private static ScoredSignal Post(string id, int score, string topic, DateTimeOffset? at = null) =>
        Given.Turn(id, at ?? Given.Noon, score, conversation: id, state: ConversationState.Closed, source: _network, topics: topic);

    /// <summary>Within 40 hours, so that nothing is too old whichever of them come.</summary>
    private static ScoredSignal Post(Random random, int i, bool ownConversation) => Given.Turn(
        $"p{i}",
        Given.Noon.AddMilliseconds(-random.Next(40 * 3_600_000)),
        random.Next(4) == 0 ? null : random.Next(-1_000, 1_001),
        random.Next(200, 1_001),
        ownConversation ? $"p{i}" : "c",
        state: ConversationState.Closed,
        source: ownConversation && random.Next(5) == 0 ? _other : _network,
        link: $"https://example.org/{i}",
        topics: [.. _topics.Where(_ => random.Next(3) == 0)]);
}
