using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Tribes;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>From when until when a history is read.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="Until">Exclusive.</param>
[GenerateSerializer, Immutable, Alias("HistoryWindow")]
public readonly record struct HistoryWindow([property: Id(0)] DateTimeOffset From, [property: Id(1)] DateTimeOffset Until)
{
    /// <summary>True if <paramref name="at"/> is in it.</summary>
    public bool Has(DateTimeOffset at) => at >= From && at < Until;

    /// <summary>The same, but not before <paramref name="since"/>.</summary>
    public HistoryWindow Since(DateTimeOffset since) => since > From ? this with { From = since } : this;
}

/// <summary>How moods went, as far as a look shows it.</summary>
/// <param name="Days">SENTIMENT: the customer's own days, oldest first.</param>
/// <param name="Friends">NETWORK: releases of the friends' mood, oldest first.</param>
/// <param name="Followed">NETWORK: the same of those whom the customer follows.</param>
/// <param name="Tribes">TRIBES: those that the customer joined, ordinal by id.</param>
[GenerateSerializer, Immutable, Alias("MoodHistory")]
public sealed record MoodHistory(
    [property: Id(0)] ImmutableArray<SparkDay> Days,
    [property: Id(1)] ImmutableArray<NetworkMood> Friends,
    [property: Id(2)] ImmutableArray<NetworkMood> Followed,
    [property: Id(3)] ImmutableArray<JoinedHistory> Tribes)
{
    /// <summary>What parts of a look show of it. A grant that shows nothing from before its start shows no release from before it either.</summary>
    /// <param name="parts">What is shown.</param>
    /// <param name="state">All that is kept of the customer.</param>
    /// <param name="ties">All that is kept of the people around, with every release made that is due.</param>
    /// <param name="tribes">What the customer's tribes show this audience, in the order of <see cref="GroupsContent.Joined"/>.</param>
    /// <param name="audience">For whom.</param>
    /// <param name="window">From when until when.</param>
    public static MoodHistory Of(
        ImmutableArray<ShownPart> parts, CustomerState state, TiesState ties, ImmutableArray<TribeView> tribes, Audience audience, HistoryWindow window)
    {
        return new MoodHistory(
            PartOf(Facet.Sentiment) is { } own ? [.. SnapshotRules.Days(state, own.View, own.Snapshot.AsOf).Where(day => window.Has(day.Day))] : [],
            MoodsOf(GroupKind.Friends),
            MoodsOf(GroupKind.Followed),
            WindowOf(Facet.Tribes) is { } shown ? [.. GroupsContent.Joined(ties).Zip(tribes, (tribe, view) => JoinedHistory.Of(tribe, view.History, shown))] : []);

        ImmutableArray<NetworkMood> MoodsOf(GroupKind kind) => WindowOf(Facet.Network) is { } seen
            ? [.. (ties.Networks.FirstOrDefault(network => network.Kind == kind && network.Audience == audience)?.Releases.History ?? []).Where(release => seen.Has(release.At))]
            : [];

        ShownPart? PartOf(Facet facet) => parts.FirstOrDefault(part => part.Facets.Contains(facet));

        HistoryWindow? WindowOf(Facet facet) => PartOf(facet) is { } part ? window.Since(part.View.Windows.Min(one => one.Since)) : null;
    }
}

/// <summary>The releases of a tribe that the customer joined.</summary>
/// <param name="Tribe">Which.</param>
/// <param name="Points">Releases, oldest first, the last of each day; those with too few voices are left out.</param>
/// <param name="Last">The latest, whole; absent if it is not among them.</param>
[GenerateSerializer, Immutable, Alias("JoinedHistory")]
public sealed record JoinedHistory(
    [property: Id(0)] TribeId Tribe, [property: Id(1)] ImmutableArray<TrendPoint> Points, [property: Id(2)] TribeRelease? Last)
{
    /// <summary>What <paramref name="history"/> shows of <paramref name="tribe"/> in <paramref name="window"/>.</summary>
    public static JoinedHistory Of(TribeId tribe, TribeHistory history, HistoryWindow window)
    {
        var points = history.Points;
        return new JoinedHistory(
            tribe,
            [.. points.Where((point, i) => point.Score is not null && window.Has(point.At) && (i == points.Length - 1 || points[i + 1].At.UtcDateTime.Date != point.At.UtcDateTime.Date))],
            history.Last is { } last && window.Has(last.At) ? last : null);
    }
}
