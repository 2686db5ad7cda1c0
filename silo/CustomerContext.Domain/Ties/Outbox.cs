using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Groups;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>
/// The outbox of a customer: what their groups are to know, and which version each has acknowledged. It is stored before anything is sent. Who sends and retries:
/// <c>TiesSender</c> in the grains.
/// </summary>
/// <param name="Number">The number of the latest message; grows by one with each.</param>
/// <param name="Sent">What was last said; absent while nothing is.</param>
/// <param name="Audiences">For whom the customer counts, ordinal.</param>
/// <param name="Placements">The customer's places in tribes, ordinal by (tribe, audience).</param>
/// <param name="Followers">What the shards of whom to tell hold.</param>
[GenerateSerializer, Immutable, Alias("Outgoing")]
public sealed record Outbox(
    [property: Id(0)] long Number,
    [property: Id(1)] SentContribution? Sent,
    [property: Id(2)] ImmutableArray<AudienceYes> Audiences,
    [property: Id(3)] ImmutableArray<Placement> Placements,
    [property: Id(4)] Followers Followers)
{
    /// <summary>The customer's places among the readers of companies, ordinal by company.</summary>
    [Id(5)]
    public ImmutableArray<ReadersPlace> Readings { get; init; } = [];

    /// <summary>Nothing said.</summary>
    public static Outbox None { get; } = new(0, null, [], [], default);

    /// <summary>True if somebody has not acknowledged yet.</summary>
    public bool IsPending => Followers.IsPending || Placements.Any(placement => placement.IsPending) || Readings.Any(place => place.IsPending);

    /// <summary>True if a group is still to forget the customer.</summary>
    public bool IsLeaving => Placements.Any(placement => placement.IsLeaving) || Readings.Any(place => place.Sent is null);
}

/// <summary>An audience that the customer counts for.</summary>
/// <param name="Audience">Which.</param>
/// <param name="Since">Since when, in unix seconds.</param>
[GenerateSerializer, Immutable, Alias("AudienceYes")]
public readonly record struct AudienceYes([property: Id(0)] Audience Audience, [property: Id(1)] long Since);

/// <summary>A place in a tribe, as one audience sees it.</summary>
/// <param name="Tribe">The tribe.</param>
/// <param name="Audience">The audience.</param>
/// <param name="Shard">Which shard keeps it; absent before the tribe said.</param>
/// <param name="Since">Since when the customer counts there, in unix seconds.</param>
/// <param name="Due">What the shard is to know.</param>
/// <param name="Acknowledged">What it has acknowledged.</param>
/// <param name="IsLeaving">True if what is due is to be forgotten.</param>
[GenerateSerializer, Immutable, Alias("Place")]
public sealed record Placement(
    [property: Id(0)] TribeId Tribe,
    [property: Id(1)] Audience Audience,
    [property: Id(2)] int? Shard,
    [property: Id(3)] long Since,
    [property: Id(4)] ContributionVersion Due,
    [property: Id(5)] ContributionVersion Acknowledged,
    [property: Id(6)] bool IsLeaving)
{
    /// <summary>The group.</summary>
    public GroupId Group => GroupId.Tribe(Tribe.Value, Audience);

    /// <summary>True if the shard has not acknowledged yet.</summary>
    public bool IsPending => Acknowledged < Due;
}

/// <summary>The shards that hold whom to tell: friends and followers.</summary>
/// <param name="Shards">How many there are.</param>
/// <param name="Due">What they are to know.</param>
/// <param name="Acknowledged">What all of them have acknowledged, and passed on if it was a withdrawal.</param>
[GenerateSerializer, Immutable, Alias("Followers")]
public readonly record struct Followers([property: Id(0)] int Shards, [property: Id(1)] ContributionVersion Due, [property: Id(2)] ContributionVersion Acknowledged)
{
    /// <summary>True if a shard has not acknowledged yet.</summary>
    public bool IsPending => Shards > 0 && Acknowledged < Due;
}

/// <summary>What a customer tells the people around them: their contribution, for each of whom to keep under a pseudonym of its own.</summary>
/// <param name="From">Who tells.</param>
/// <param name="Version">The latest counts.</param>
/// <param name="Sent">What; absent if they contribute no more.</param>
/// <param name="Audiences">For whom they count; for every other audience they are to be forgotten.</param>
[GenerateSerializer, Immutable, Alias("Telling")]
public sealed record Announcement(
    [property: Id(0)] CustomerKey From,
    [property: Id(1)] ContributionVersion Version,
    [property: Id(2)] SentContribution? Sent,
    [property: Id(3)] ImmutableArray<AudienceYes> Audiences)
{
    /// <summary>What the customer's state says is due to be told.</summary>
    public static Announcement Of(CustomerKey from, Outbox outbox) => new(
        from, outbox.Followers.Due, outbox.Sent, [.. outbox.Audiences.Where(yes => yes.Audience != Audience.Trends)]);
}

/// <summary>Decides what has to be sent to which group after a change of consent, ties, memberships or voice. Pure.</summary>
public static class OutboxRules
{
    /// <summary>
    /// The state with every message due that follows from consent, ties, memberships and voice. Every change gets a number of its own, higher than all before; the same
    /// state if nothing is due.
    /// </summary>
    /// <param name="state">Before.</param>
    /// <param name="consent">The customer's consent.</param>
    /// <param name="voice">Makes the customer's present voice; called only if the customer contributes to a group.</param>
    /// <param name="now">The moment.</param>
    public static TiesState Decide(TiesState state, ConsentState consent, Func<Voice> voice, DateTimeOffset now)
    {
        var before = state.Outbox;
        var audiences = Audiences(before, ContributionRules.Audiences(consent), now.ToUnixTimeSeconds());
        var isChanged = !audiences.AsSpan().SequenceEqual(before.Audiences.AsSpan());
        var hasGroups = before.Followers.Shards > 0 || state.Memberships.Any(membership => membership.IsHeld);
        var said = audiences.Length > 0 && hasGroups ? voice() : null;
        var isDue = said is not null && (isChanged || ContributionRules.IsDue(said, before.Sent, now));
        var version = new ContributionVersion(consent.Epoch, before.Number + 1);
        var placements = Placements(state, audiences, isDue, version);
        if (!isChanged && !isDue && placements.AsSpan().SequenceEqual(before.Placements.AsSpan()))
        {
            return state;
        }

        return state with
        {
            Outbox = before with
            {
                Number = version.Number,
                Sent = audiences.IsEmpty ? null : isDue ? ContributionRules.Send(said!, before.Sent, now) : before.Sent,
                Audiences = audiences,
                Placements = placements,
                Followers = isChanged || isDue ? before.Followers with { Due = version } : before.Followers,
            },
        };
    }

    /// <summary>The state once a shard of a tribe has acknowledged <paramref name="version"/>; a place that was being left is gone then.</summary>
    public static TiesState Acknowledged(TiesState state, Placement told, int shard, ContributionVersion version)
    {
        if (Find(state.Outbox, told) is not { } placement)
        {
            return state;
        }

        var next = placement with { Shard = shard, Acknowledged = version > placement.Acknowledged ? version : placement.Acknowledged };
        var placements = next is { IsLeaving: true, IsPending: false } ? state.Outbox.Placements.Remove(placement) : state.Outbox.Placements.Replace(placement, next);
        return state with { Outbox = state.Outbox with { Placements = placements } };
    }

    /// <summary>The state once the tribe has said which shard is to keep a place; absent: it is to be asked again.</summary>
    public static TiesState Placed(TiesState state, Placement placed, int? shard) => Find(state.Outbox, placed) is not { } placement || placement.Shard == shard
        ? state
        : state with { Outbox = state.Outbox with { Placements = state.Outbox.Placements.Replace(placement, placement with { Shard = shard }) } };

    /// <summary>The state once all shards of followers have acknowledged <paramref name="version"/>.</summary>
    public static TiesState FollowersAcknowledged(TiesState state, ContributionVersion version) => state.Outbox.Followers.Acknowledged >= version
        ? state
        : state with { Outbox = state.Outbox with { Followers = state.Outbox.Followers with { Acknowledged = version } } };

    /// <summary>The state with one more shard of followers, which is to know what the others do.</summary>
    public static TiesState WithShard(TiesState state) =>
        state with { Outbox = state.Outbox with { Followers = state.Outbox.Followers with { Shards = state.Outbox.Followers.Shards + 1, Acknowledged = default } } };

    private static Placement? Find(Outbox outbox, Placement placement) =>
        outbox.Placements.FirstOrDefault(one => one.Tribe == placement.Tribe && one.Audience == placement.Audience);

    private static ImmutableArray<AudienceYes> Audiences(Outbox before, ImmutableArray<Audience> now, long second) =>
    [
        .. now.Select(audience => before.Audiences.FirstOrDefault(known => known.Audience == audience) is { Since: > 0 } known
            ? known
            : new AudienceYes(audience, second)),
    ];

    private static ImmutableArray<Placement> Placements(TiesState state, ImmutableArray<AudienceYes> audiences, bool isDue, ContributionVersion version)
    {
        var wanted = state.Memberships
            .Where(membership => membership.IsHeld)
            .SelectMany(membership => audiences, (membership, yes) =>
                new Placement(membership.Tribe, yes.Audience, null, Math.Max(membership.Mine.Began.Second, yes.Since), version, default, false))
            .ToDictionary(placement => (placement.Tribe, placement.Audience));
        var placements = ImmutableArray.CreateBuilder<Placement>();
        foreach (var placement in state.Outbox.Placements)
        {
            var isWanted = wanted.Remove((placement.Tribe, placement.Audience), out var fresh);
            var isNews = isWanted == placement.IsLeaving || (isWanted && (isDue || fresh!.Since != placement.Since));
            placements.Add(!isNews ? placement : placement with { Since = isWanted ? fresh!.Since : placement.Since, Due = version, IsLeaving = !isWanted });
        }

        placements.AddRange(wanted.Values);
        return
        [
            .. placements.OrderBy(placement => placement.Tribe.Value, StringComparer.Ordinal).ThenBy(placement => placement.Audience.Value, StringComparer.Ordinal),
        ];
    }
}
