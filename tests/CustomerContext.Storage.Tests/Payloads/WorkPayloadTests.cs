using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Storage.Payloads;

namespace CustomerContext.Storage.Tests.Payloads;

/// <summary>The bytes of a company's queue of work, its list of contacts and its index of news: pinned, complete.</summary>
public sealed class WorkPayloadTests
{
    private static readonly DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly WorkShard _shard = new(
    [
        new Work(
            "a1b2", new CustomerKey("00ff"), AttentionKind.Promise, "forum", _now, new Deadline(_now.AddHours(20), _now.AddDays(1), _now.AddDays(2)), [new GrantedPurpose(new Purpose("service.support"), _now.AddDays(90), _now.AddDays(30))])
        {
            Version = 7,
            Claim = new WorkClaim("a9", _now.AddMinutes(15)),
            Result = WorkResult.NotNeeded,
            HandedUpAt = _now.AddMinutes(3),
            Request = "a9 r1",
            EndedAt = _now.AddMinutes(9),
            Told = WorkNewsKinds.Due | WorkNewsKinds.Escalated,
            IsGone = true,
        },
    ]);

    [Fact]
    public void Encode_WorkShard_PinnedBytesAndNothingLost()
    {
        Assert.Empty(Unset.PropertiesIn(_shard));
        Assert.Equivalent(_shard, WorkPayload.Codec.Decode(WorkPayload.Codec.Encode(_shard)), strict: true);
        Assert.Equal(PinnedPayloads.WorkShard1, Convert.ToHexStringLower(WorkPayload.Codec.Encode(_shard)));
    }

    [Fact]
    public void Encode_Contacts_PinnedBytesAndNothingLost()
    {
        var contacts = new Contacts([new Contact(new CustomerKey("00ff"), [new ContactTopic("app", 7), new ContactTopic("router", 900)])]);

        Assert.Empty(Unset.PropertiesIn(contacts));
        Assert.Equivalent(contacts, ContactsPayload.Codec.Decode(ContactsPayload.Codec.Encode(contacts)), strict: true);
        Assert.Equal(PinnedPayloads.Contacts1, Convert.ToHexStringLower(ContactsPayload.Codec.Encode(contacts)));
    }

    [Fact]
    public void Encode_NewsIndex_PinnedBytesAndNothingLost()
    {
        var index = new NewsIndex([new RecentNews(new CustomerKey("00ff"), _now)]);

        Assert.Empty(Unset.PropertiesIn(index));
        Assert.Equivalent(index, NewsIndexPayload.Codec.Decode(NewsIndexPayload.Codec.Encode(index)), strict: true);
        Assert.Equal(PinnedPayloads.NewsIndex1, Convert.ToHexStringLower(NewsIndexPayload.Codec.Encode(index)));
    }

    [Fact]
    public void Encode_AFullIndexOfNews_FitsIntoAPayload()
    {
        var full = new NewsIndex([.. Enumerable.Range(0, Domain.Limits.News.IndexPart).Select(i => new RecentNews(new CustomerKey($"{i:x32}"), _now))]);

        Assert.InRange(NewsIndexPayload.Codec.Encode(full).Length, 1, Domain.Limits.Storage.PayloadBytes);
    }

    [Fact]
    public void Encode_AFullListOfContacts_FitsIntoAPayload()
    {
        var topics = Enumerable.Range(0, Domain.Limits.Attention.ContactTopics).Select(i => new ContactTopic(new string((char)('a' + i), Domain.Limits.Signals.TopicCharacters), 1_000)).ToArray();
        var full = new Contacts([.. Enumerable.Range(0, Domain.Limits.Attention.Contacts).Select(i => new Contact(new CustomerKey($"{i:x32}"), [.. topics]))]);

        Assert.InRange(ContactsPayload.Codec.Encode(full).Length, 1, Domain.Limits.Storage.PayloadBytes);
    }

    [Fact]
    public void Encode_AnyWork_TakesNoMoreThanTheRulesCount()
    {
        var longest = _shard.Works[0] with { Id = new string('f', 32), Customer = new CustomerKey(new string('e', 32)), Channel = new string('c', 40), Version = long.MaxValue };

        Assert.InRange(WorkPayload.Codec.Encode(new WorkShard([longest])).Length - WorkPayload.Codec.Encode(WorkShard.Empty).Length, 1, WorkRules.SizeOf(longest));
        Assert.True(Domain.Limits.Attention.PartBytes < Domain.Limits.Storage.PayloadBytes);
    }

    [Fact]
    public void Decode_WorkWithoutAnythingOptional_ReadAsItWas()
    {
        var bare = new WorkShard([new Work("a1b2", new CustomerKey("00ff"), AttentionKind.Idea, "", _now, null, []), _shard.Works[0] with { Deadline = new Deadline(null, _now, null) }]);

        Assert.Equivalent(bare, WorkPayload.Codec.Decode(WorkPayload.Codec.Encode(bare)), strict: true);
    }
}
