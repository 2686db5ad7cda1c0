using System.Text.Json;
using CustomerContext.Connectors.Mastodon;
using CustomerContext.Connectors.Pull;
using CustomerContext.Connectors.State;
using CustomerContext.V1;
using FsCheck;
using FsCheck.Fluent;
using Account = CustomerContext.Connectors.Mastodon.Account;
using Status = CustomerContext.Connectors.Mastodon.Status;

namespace CustomerContext.Connectors.Tests;

/// <summary>What is sent and taken back, and what of a post is sent.</summary>
public sealed class PlanTests
{
    private const int Before = 3;

    private static readonly KnownAccount _ann = new("mastodon-example", "1", "secret", 0, 5, 0, null, 0);

    /// <summary>Wherever a process was ended before: after what the plan says, the silo has what is there, each once, and nothing else.</summary>
    [Fact]
    public void Plan_FromAnyState_LeavesTheSiloWithWhatIsThere() => Prop.ForAll(Arb.From(Gen.Choose(0, 1_000_000)), seed =>
    {
        var random = new Random(seed);
        var there = Enumerable.Range(0, 20).Where(_ => random.Next(3) > 0).Select(i => Post($"{i}", i, random.Next(3) == 0 ? 100 : 0)).ToArray();
        KnownPost[] known = [.. Enumerable.Range(0, 20).SelectMany(i => ((int[])[0, 100, 200]).Where(_ => random.Next(3) == 0).Select(version => new KnownPost($"{i}", version, i, (PostStage)random.Next(3), random.Next(Before + 1))))];

        // What may have been sent was, or was not.
        var silo = known.Where(post => post.Stage != PostStage.Sending || random.Next(2) == 0).Select(post => (post.Status, post.Version, post.Times)).ToHashSet();
        var plan = PostPlan.Of(known, there, whole: -1, Before);
        var gone = plan.Gone.Select(post => (post.Status, post.Version, post.Times)).ToHashSet();
        silo.ExceptWith(gone);
        silo.UnionWith(plan.New.Select(one => (one.Post.Id, one.Post.Version, one.Times)));

        // What was taken back is good no more: whatever is sent again has another number.
        Assert.Empty(plan.New.Select(one => (one.Post.Id, one.Post.Version, one.Times)).Intersect(gone));
        Assert.Equal(there.Select(status => (status.Id, status.Version)).Order(), silo.Select(post => (post.Status, post.Version)).Order());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Plan_OfAPart_TakesBackEditsAlone()
    {
        KnownPost[] known = [new("1", 0, 1, PostStage.Sent), new("2", 0, 2, PostStage.Sent)];

        var plan = PostPlan.Of(known, [Post("2", 2, 100)], whole: null, 0);
        Assert.Equal(["2"], plan.Gone.Select(post => post.Status));
        Assert.Equal(["2"], plan.New.Select(one => one.Post.Id));
        Assert.Equal(["1", "2"], PostPlan.Of(known, [], whole: 0, 0).Gone.Select(post => post.Status));
        Assert.Equal(["2"], PostPlan.Of(known, [], whole: 1, 0).Gone.Select(post => post.Status));
    }

    [Theory]
    [InlineData("public", false, "1", true)]
    [InlineData("unlisted", false, "1", false)]
    [InlineData("private", false, "1", false)]
    [InlineData("direct", false, "1", false)]
    [InlineData("public", true, "1", false)]
    [InlineData("public", false, "2", false)]
    public void Post_OnlyPublicOnesOfTheirOwn_AreRead(string visibility, bool isReblog, string account, bool isRead) =>
        Assert.Equal(isRead, (Post("1", 1) with { Visibility = visibility, Reblog = isReblog ? JsonSerializer.SerializeToElement(new { id = "7" }) : null, Account = new Account(account) }).IsOwnPublicPostOf("1"));

    [Fact]
    public void Signal_OfAPost_HasTheirWordsWithoutNamesAndAddresses()
    {
        const string html = "<p><span class=\"h-card\"><a href=\"https://example.org/@bob\" class=\"u-url mention\">@<span>bob</span></a></span> my <a class=\"mention hashtag\" href=\"x\">#<span>router</span></a> is dead &amp; gone<br>twice</p><p>see <a href=\"https://example.org/x\">https://<span>example.org/x</span></a></p><script>evil()</script>";
        var signal = PostSignals.Of(_ann, Post("42", 1_000, 7) with { Content = html, SpoilerText = "rant", Url = "https://example.org/@ann/42", Language = "en", Tags = [new Tag("router")] }, 0)!;

        Assert.Equal("rant\n my #router is dead & gone\ntwice\nsee", signal.Conversation.Text.ReplaceLineEndings("\n"));
        Assert.Equal(("42.7.5", "1", "42", "https://example.org/@ann/42", "en"), (signal.Id, signal.Subject.Opaque, signal.Conversation.ConversationId, signal.Link, signal.Conversation.Language));
        Assert.Equal((ParticipantRole.Customer, ConversationState.Closed), (signal.Conversation.Role, signal.Conversation.State));
        Assert.Equal(["router"], signal.Conversation.Topics);

        var back = PostSignals.TakeBack(_ann, new KnownPost("42", 7, 1_000, PostStage.Sent));
        Assert.Equal((signal.Id, signal.OccurredTime, signal.Subject), (back.Id, back.OccurredTime, back.Subject));
        Assert.Equal("42.7.5.2", PostSignals.TakeBack(_ann, new KnownPost("42", 7, 1_000, PostStage.Sent, 2)).Id);
    }

    [Fact]
    public void Signal_NoWordsOrTooMuch_IsLeftOutOrCut()
    {
        Assert.Null(PostSignals.Of(_ann, Post("1", 1) with { Content = "<p><span class=\"h-card\">@bob</span></p>" }, 0));
        var much = PostSignals.Of(_ann, Post("1", 1) with
        {
            Content = $"<p>{new string('a', 10_001)}</p>",
            Url = "javascript:alert(1)",
            Language = "en; drop",
            Tags = [.. Enumerable.Range(0, 9).Select(i => new Tag($"t{i}")), new Tag(new string('x', 41))],
        }, 0)!;
        Assert.Equal((10_000, "", "", 8), (much.Conversation.Text.Length, much.Link, much.Conversation.Language, much.Conversation.Topics.Count));
    }

    [Fact]
    public void Signal_OfAPostThatIsNestedAsDeepAsItCanBe_HasItsWords()
    {
        var deep = string.Concat(Enumerable.Repeat("<div>", 15_000));
        Assert.Equal("words", PostSignals.Of(_ann, Post("1", 1) with { Content = $"<p>words</p>{deep}" }, 0)!.Conversation.Text);
    }

    private static Status Post(string id, long created, long version = 0) => new(
        id, DateTimeOffset.FromUnixTimeMilliseconds(created), "public", new Account("1"), version == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(version), Content: "<p>hello</p>");
}
