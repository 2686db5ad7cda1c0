using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>What a customer tells their groups, and how far they have acknowledged it. It is durable before it is sent.</summary>
/// <param name="Number">How many messages were decided on; the number of the latest.</param>
/// <param name="Sent">What was last said; absent while nothing is.</param>
/// <param name="Audiences">For whom the customer counts, ordinal.</param>
/// <param name="Places">The customer's places in tribes, ordinal by (tribe, audience).</param>
/// <param name="Followers">What the shards of whom to tell hold.</param>
[GenerateSerializer, Immutable, Alias("Outgoing")]
public sealed record Outgoing(
    [property: Id(0)] long Number,
    [property: Id(1)] SentContribution? Sent,
    [property: Id(2)] ImmutableArray<AudienceYes> Audiences,
    [property: Id(3)] ImmutableArray<Place> Places,
    [property: Id(4)] Followers Followers)
{
    /// <summary>Nothing said.</summary>
    public static Outgoing None { get; } = new(0, null, [], [], default);

    /// <summary>True if somebody has not acknowledged yet.</summary>
    public bool IsPending => Followers.IsPending || Places.Any(place => place.IsPending);
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
/// <param name="Told">What it has acknowledged.</param>
/// <param name="IsLeaving">True if what is due is to be forgotten.</param>
[GenerateSerializer, Immutable, Alias("Place")]
public sealed record Place(
    [property: Id(0)] TribeId Tribe,
    [property: Id(1)] Audience Audience,
    [property: Id(2)] int? Shard,
    [property: Id(3)] long Since,
    [property: Id(4)] ContributionVersion Due,
    [property: Id(5)] ContributionVersion Told,
    [property: Id(6)] bool IsLeaving)
{
    /// <summary>The group.</summary>
    public GroupId Group => GroupId.Tribe(Tribe.Value, Audience);

    /// <summary>True if the shard has not acknowledged yet.</summary>
    public bool IsPending => Told < Due;
}

/// <summary>The shards that hold whom to tell: friends and followers.</summary>
/// <param name="Shards">How many there are.</param>
/// <param name="Due">What they are to know.</param>
/// <param name="Told">What all of them have acknowledged, and passed on if it was a withdrawal.</param>
[GenerateSerializer, Immutable, Alias("Followers")]
public readonly record struct Followers([property: Id(0)] int Shards, [property: Id(1)] ContributionVersion Due, [property: Id(2)] ContributionVersion Told)
{
    /// <summary>True if a shard has not acknowledged yet.</summary>
    public bool IsPending => Shards > 0 && Told < Due;
}
