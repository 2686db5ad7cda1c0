using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using Google.Protobuf.Collections;

namespace CustomerContext.Storage.Payloads;

/// <summary>What a customer tells, and whom.</summary>
internal static class OutboxPayload
{
    public static IPayloadCodec<FollowerList> Followers { get; } = new PayloadCodec<FollowerList, Stored.FollowerList>(1, ToMessage, FromMessage);

    public static Stored.Outgoing ToMessage(Outbox outbox)
    {
        var stored = new Stored.Outgoing
        {
            Number = outbox.Number,
            Sent = ToMessage(outbox.Sent),
            Audiences = { outbox.Audiences.Select(ToMessage) },
            Places = { outbox.Placements.Select(ToMessage) },
            FollowerShards = outbox.Followers.Shards,
            Readings = { outbox.Readings.Select(ToMessage) },
        };
        Words.Write(stored.FollowersDue, outbox.Followers.Due);
        Words.Write(stored.FollowersTold, outbox.Followers.Acknowledged);
        return stored;
    }

    public static Outbox FromMessage(Stored.Outgoing stored) => new(
        stored.Number,
        FromMessage(stored.Sent),
        ReadAudiences(stored.Audiences),
        [.. stored.Places.Select(FromMessage)],
        new Followers(stored.FollowerShards, Words.ReadVersion(stored.FollowersDue), Words.ReadVersion(stored.FollowersTold)))
    {
        Readings = [.. stored.Readings.Select(FromMessage)],
    };

    private static Stored.Place ToMessage(Placement placement)
    {
        var stored = new Stored.Place { Tribe = placement.Tribe.Value, Audience = placement.Audience.Value, Since = placement.Since, IsLeaving = placement.IsLeaving };
        if (placement.Shard is { } shard)
        {
            stored.Shard = shard;
        }

        Words.Write(stored.Due, placement.Due);
        Words.Write(stored.Told, placement.Acknowledged);
        return stored;
    }

    private static Placement FromMessage(Stored.Place stored) => new(
        new TribeId(stored.Tribe),
        new Audience(stored.Audience),
        stored.HasShard ? stored.Shard : null,
        stored.Since,
        Words.ReadVersion(stored.Due),
        Words.ReadVersion(stored.Told),
        stored.IsLeaving);

    private static Stored.ReadersPlace ToMessage(ReadersPlace place)
    {
        var stored = new Stored.ReadersPlace { Company = place.Company.Value, Sent = ToMessage(place.Sent), Since = place.Since };
        if (place.Shard is { } shard)
        {
            stored.Shard = shard;
        }

        Words.Write(stored.Due, place.Due);
        Words.Write(stored.Told, place.Acknowledged);
        return stored;
    }

    private static ReadersPlace FromMessage(Stored.ReadersPlace stored) => new(
        new TenantId(stored.Company),
        stored.HasShard ? stored.Shard : null,
        FromMessage(stored.Sent),
        stored.Since,
        Words.ReadVersion(stored.Due),
        Words.ReadVersion(stored.Told));

    private static Stored.SentContribution? ToMessage(SentContribution? sent)
    {
        if (sent is null)
        {
            return null;
        }

        var stored = new Stored.SentContribution
        {
            Posts = sent.Voice.Posts,
            Stratum = (int)sent.Voice.Stratum,
            HeardUntil = sent.Voice.HeardUntil,
            Topics = { sent.Voice.Topics.Select(topic => new Stored.ContributedTopic { Topic = topic.Topic, Influence = topic.Influence }) },
            ChangesAt = sent.Voice.ChangesAt,
            FreshUntil = sent.FreshUntil,
        };
        if (sent.Voice.Score is { } score)
        {
            stored.Score = score;
        }

        if (sent.Voice.PostScore is { } postScore)
        {
            stored.PostScore = postScore;
        }

        return stored;
    }

    private static SentContribution? FromMessage(Stored.SentContribution? stored) => stored is null ? null : new SentContribution(
        new Voice(
            stored.HasScore ? stored.Score : null,
            stored.HasPostScore ? stored.PostScore : null,
            stored.Posts,
            (Stratum)stored.Stratum,
            stored.HeardUntil,
            [.. stored.Topics.Select(topic => new ContributedTopic(topic.Topic, topic.Influence))],
            stored.ChangesAt),
        stored.FreshUntil);

    private static Stored.AudienceYes ToMessage(AudienceYes yes) => new() { Audience = yes.Audience.Value, Since = yes.Since };

    private static ImmutableArray<AudienceYes> ReadAudiences(RepeatedField<Stored.AudienceYes> audiences) =>
        [.. audiences.Select(yes => new AudienceYes(new Audience(yes.Audience), yes.Since))];

    private static Stored.FollowerList ToMessage(FollowerList list)
    {
        var stored = new Stored.FollowerList();
        if (list.Announcement is { } announcement)
        {
            stored.Telling = new Stored.Telling { From = announcement.From.Value, Sent = ToMessage(announcement.Sent), Audiences = { announcement.Audiences.Select(ToMessage) } };
            Words.Write(stored.Telling.Version, announcement.Version);
        }

        foreach (var follower in list.Followers)
        {
            var kept = new Stored.Follower { Customer = follower.Customer.Value, Kind = (int)follower.Kind };
            Words.Write(kept.Told, follower.Acknowledged);
            Words.Write(kept.Since, follower.Since);
            stored.Followers.Add(kept);
        }

        return stored;
    }

    private static FollowerList FromMessage(Stored.FollowerList stored) => new(
        stored.Telling is { } announcement
            ? new Announcement(new CustomerKey(announcement.From), Words.ReadVersion(announcement.Version), FromMessage(announcement.Sent), ReadAudiences(announcement.Audiences))
            : null,
        [.. stored.Followers.Select(kept => new Follower(new CustomerKey(kept.Customer), (TieKind)kept.Kind, Words.ReadStamp(kept.Since), Words.ReadVersion(kept.Told)))]);
}
