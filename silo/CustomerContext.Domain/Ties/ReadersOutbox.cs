using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Help;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>A place among the readers of a company.</summary>
/// <param name="Company">Whose readers.</param>
/// <param name="Shard">Which shard keeps it; absent before the readers said.</param>
/// <param name="Sent">What the shard is to know; absent: it is to forget the customer.</param>
/// <param name="Since">Since when the customer counts there, in unix seconds.</param>
/// <param name="Due">The version of that.</param>
/// <param name="Acknowledged">What the shard has acknowledged.</param>
[GenerateSerializer, Immutable, Alias("ReadersPlace")]
public sealed record ReadersPlace(
    [property: Id(0)] TenantId Company,
    [property: Id(1)] int? Shard,
    [property: Id(2)] SentContribution? Sent,
    [property: Id(3)] long Since,
    [property: Id(4)] ContributionVersion Due,
    [property: Id(5)] ContributionVersion Acknowledged)
{
    /// <summary>The group.</summary>
    public GroupId Group => GroupId.Readers(Company);

    /// <summary>True if the shard has not acknowledged yet.</summary>
    public bool IsPending => Acknowledged < Due;
}

/// <summary>
/// Decides what the readers of which company are to know: as <see cref="OutboxRules"/> does for tribes, with the same numbers, so that what was made before a withdrawal never counts after it. Pure.
/// </summary>
public static class ReadersOutboxRules
{
    /// <summary>The state with every message due that follows from consent and from what was read; the same state if nothing is due.</summary>
    /// <param name="state">Before.</param>
    /// <param name="consent">The customer's consent.</param>
    /// <param name="readings">What helped the customer; called only if they say yes to that it counts.</param>
    /// <param name="now">The moment.</param>
    public static TiesState Decide(TiesState state, ConsentState consent, Func<ImmutableArray<Reading>> readings, DateTimeOffset now)
    {
        var before = state.Outbox.Readings;
        var wanted = (Contributes(consent) ? readings() : []).ToDictionary(reading => reading.Company);
        var version = new ContributionVersion(consent.Epoch, state.Outbox.Number + 1);
        ImmutableArray<ReadersPlace> next =
        [
            .. before.Select(place => Decide(place, wanted.GetValueOrDefault(place.Company), version, now))
                .Concat(wanted.Values.Where(reading => before.All(place => place.Company != reading.Company)).Select(reading =>
                    new ReadersPlace(reading.Company, null, ContributionRules.Send(reading.Voice, null, now), now.ToUnixTimeSeconds(), version, default)))
                .OrderBy(place => place.Company.Value, StringComparer.Ordinal),
        ];
        return next.AsSpan().SequenceEqual(before.AsSpan()) ? state : state with { Outbox = state.Outbox with { Number = version.Number, Readings = next } };
    }

    /// <summary>The state once the readers have said which shard is to keep a place.</summary>
    public static TiesState Placed(TiesState state, TenantId company, int shard) => With(state, company, place => place with { Shard = shard });

    /// <summary>The state once a shard has acknowledged <paramref name="version"/>; a place that was being left is gone then.</summary>
    public static TiesState Acknowledged(TiesState state, TenantId company, ContributionVersion version) => With(state, company, place =>
        place with { Acknowledged = version > place.Acknowledged ? version : place.Acknowledged } is var told && told is { Sent: null, IsPending: false } ? null : told);

    private static bool Contributes(ConsentState consent) => consent is { PausedAt: null, Preferences: { OfAge: true, ContributeReading: true } };

    private static ReadersPlace Decide(ReadersPlace place, Reading? reading, ContributionVersion version, DateTimeOffset now) => reading is null
        ? place.Sent is null ? place : place with { Sent = null, Due = version }
        : !ContributionRules.IsDue(reading.Voice, place.Sent, now) ? place
        : place with
        {
            Sent = ContributionRules.Send(reading.Voice, place.Sent, now),
            Since = place.Sent is null ? now.ToUnixTimeSeconds() : place.Since,
            Due = version,
        };

    private static TiesState With(TiesState state, TenantId company, Func<ReadersPlace, ReadersPlace?> change)
    {
        ImmutableArray<ReadersPlace> next =
            [.. state.Outbox.Readings.Select(place => place.Company == company ? change(place) : place).OfType<ReadersPlace>()];
        return state with { Outbox = state.Outbox with { Readings = next } };
    }
}
