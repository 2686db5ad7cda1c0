using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Influence;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Tribes;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>What one audience is shown of the people around a customer: from the last releases only, so it costs the same however many they are.</summary>
/// <param name="AsOf">When it was put together: the snapshot's time.</param>
/// <param name="Friends">NETWORK: friends; absent if too few contribute.</param>
/// <param name="Followed">NETWORK: those whom the customer follows.</param>
/// <param name="Tribes">TRIBES: those that the customer joined, ordinal by id.</param>
/// <param name="Influence">INFLUENCE: highest standing first.</param>
/// <param name="InfluenceAt">When that was released; absent if never.</param>
[GenerateSerializer, Immutable, Alias("GroupsContent")]
public sealed record GroupsContent(
    [property: Id(0)] DateTimeOffset AsOf,
    [property: Id(1)] NetworkMood? Friends,
    [property: Id(2)] NetworkMood? Followed,
    [property: Id(3)] ImmutableArray<JoinedTribe> Tribes,
    [property: Id(4)] ImmutableArray<TopicStanding> Influence,
    [property: Id(5)] DateTimeOffset? InfluenceAt)
{
    /// <summary>HELP: what helped others.</summary>
    [Id(6)]
    public HelpContent Help { get; init; } = HelpContent.None;

    /// <summary>What <paramref name="audience"/> is shown.</summary>
    /// <param name="state">With every release made that is due.</param>
    /// <param name="own">What the reader sees of the customer themselves.</param>
    /// <param name="tribes">What the customer's tribes show this audience, in the order of <see cref="Joined"/>.</param>
    /// <param name="audience">For whom.</param>
    public static GroupsContent Of(TiesState state, ContextSnapshot own, ImmutableArray<TribeView> tribes, Audience audience)
    {
        return new GroupsContent(
            own.AsOf,
            MoodOf(GroupKind.Friends),
            MoodOf(GroupKind.Followed),
            [.. Joined(state).Zip(tribes, (tribe, view) => new JoinedTribe(tribe, view.History.Last, TribeCareRules.Of(view.History, own)))],
            StandingsOf(state, tribes),
            state.InfluenceShown.At > 0 ? DateTimeOffset.FromUnixTimeSeconds(state.InfluenceShown.At) : null);

        NetworkMood? MoodOf(GroupKind kind) =>
            state.Networks.FirstOrDefault(network => network.Kind == kind && network.Audience == audience)?.Releases.Mood;
    }

    /// <summary>How much the customer's voice counts on each topic, highest standing first, as of the tribes' last releases.</summary>
    public static ImmutableArray<TopicStanding> StandingsOf(TiesState state, ImmutableArray<TribeView> tribes)
    {
        ImmutableArray<TribeRelease> releases = [.. tribes.Select(tribe => tribe.History.Last).OfType<TribeRelease>()];
        return
        [
            .. state.InfluenceShown.Topics
                .Select(topic => new TopicStanding(topic, StandingRules.Of(topic, releases)))
                .OrderByDescending(topic => topic.Standing)
                .ThenBy(topic => topic.Influence.Topic, StringComparer.Ordinal),
        ];
    }

    /// <summary>The tribes that the customer is in, ordinal by id.</summary>
    public static IEnumerable<TribeId> Joined(TiesState state) => state.Memberships.Where(membership => membership.IsHeld).Select(membership => membership.Tribe);
}

/// <summary>A tribe that the customer joined.</summary>
/// <param name="Tribe">Which.</param>
/// <param name="Release">What it shows; absent if too few were heard.</param>
/// <param name="Care">Whether that is worth care with this customer.</param>
[GenerateSerializer, Immutable, Alias("JoinedTribe")]
public sealed record JoinedTribe([property: Id(0)] TribeId Tribe, [property: Id(1)] TribeRelease? Release, [property: Id(2)] TribeCare Care);

/// <summary>How much the customer's voice counts on a topic, and how that compares.</summary>
[GenerateSerializer, Immutable, Alias("TopicStanding")]
public readonly record struct TopicStanding([property: Id(0)] TopicInfluence Influence, [property: Id(1)] Standing Standing);
