using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using Orleans;

namespace CustomerContext.Domain.Groups;

/// <summary>Everything that a group stores about a member, as of one version. Times are unix seconds.</summary>
/// <param name="Pseudonym">Who, in this group only.</param>
/// <param name="Version">Which message of this member it is.</param>
/// <param name="Score">Their voice in 1/50, -50 to 50, good until <paramref name="HeardUntil"/>; absent if they are not heard.</param>
/// <param name="PostScore">Mean of what they wrote in 1/50, whatever they declared; absent if they wrote nothing of late.</param>
/// <param name="Posts">Posts of theirs within 90 days, 0 to <see cref="Limits.Groups.PostsCounted"/>.</param>
/// <param name="Stratum">How much they write.</param>
/// <param name="Since">Since when they contribute to this group.</param>
/// <param name="HeardUntil">When the score lapses. From then on the member counts as a member without a voice. 0 without a score.</param>
/// <param name="FreshUntil">When the group drops the member by itself; never earlier than in a message before.</param>
/// <param name="Topics">What is on top of their mind, heaviest first, at most <see cref="Limits.Groups.Topics"/>.</param>
[GenerateSerializer, Immutable, Alias("Contribution")]
public sealed record Contribution(
    [property: Id(0)] Pseudonym Pseudonym,
    [property: Id(1)] ContributionVersion Version,
    [property: Id(2)] int? Score,
    [property: Id(3)] int? PostScore,
    [property: Id(4)] int Posts,
    [property: Id(5)] Stratum Stratum,
    [property: Id(6)] long Since,
    [property: Id(7)] long HeardUntil,
    [property: Id(8)] long FreshUntil,
    [property: Id(9)] ImmutableArray<ContributedTopic> Topics)
{
    /// <summary>True if the member counts at this unix second, among those who have contributed since <paramref name="latest"/> or earlier.</summary>
    public bool Counts(long second, long latest) => FreshUntil > second && Since <= latest;

    /// <summary>True if the voice counts at this unix second.</summary>
    public bool IsHeard(long second) => Score is not null && HeardUntil > second;
}

/// <summary>A topic on a member's mind.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="Influence">The member's influence on it in 1/50, 0 to 50, rounded down.</param>
[GenerateSerializer, Immutable, Alias("ContributedTopic")]
public readonly record struct ContributedTopic([property: Id(0)] string Topic, [property: Id(1)] int Influence);

/// <summary>Takes a member's contribution out of a group: they left, withdrew their yes, or are erased.</summary>
/// <param name="Pseudonym">Who.</param>
/// <param name="Version">Everything up to this version is void.</param>
[GenerateSerializer, Immutable, Alias("Removal")]
public sealed record Removal([property: Id(0)] Pseudonym Pseudonym, [property: Id(1)] ContributionVersion Version);

/// <summary>Which of a member's contributions to a group is the latest: by consent epoch, then by the member's own count.</summary>
/// <param name="Epoch">The consent under which it was made, so that what was made before a withdrawal never counts after it.</param>
/// <param name="Number">Grows with every message of the member, from 1.</param>
[GenerateSerializer, Immutable, Alias("ContributionVersion")]
public readonly record struct ContributionVersion([property: Id(0)] long Epoch, [property: Id(1)] long Number) : IComparable<ContributionVersion>
{
    /// <inheritdoc/>
    public int CompareTo(ContributionVersion other) => Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Number.CompareTo(other.Number);

    /// <summary>True if <paramref name="left"/> is older.</summary>
    public static bool operator <(ContributionVersion left, ContributionVersion right) => left.CompareTo(right) < 0;

    /// <summary>True if <paramref name="left"/> is newer.</summary>
    public static bool operator >(ContributionVersion left, ContributionVersion right) => left.CompareTo(right) > 0;

    /// <summary>True if <paramref name="left"/> is not newer.</summary>
    public static bool operator <=(ContributionVersion left, ContributionVersion right) => left.CompareTo(right) <= 0;

    /// <summary>True if <paramref name="left"/> is not older.</summary>
    public static bool operator >=(ContributionVersion left, ContributionVersion right) => left.CompareTo(right) >= 0;
}

/// <summary>How much a member writes: posts within <see cref="Limits.Groups.PostWeeks"/> weeks (90 days).</summary>
public enum Stratum
{
    /// <summary>Nothing.</summary>
    Silent = 0,

    /// <summary>1 to 4 posts.</summary>
    Few = 1,

    /// <summary>5 posts or more.</summary>
    Many = 2,
}

/// <summary>To which audiences a customer contributes, and when a contribution is sent: only if it changed, or is about to lapse.</summary>
public static class ContributionRules
{
    /// <summary>
    /// The audiences of a tribe for which the customer agreed to be counted, ordinal: the purposes of their <em>contribute</em> for which group moods exist, and trends.
    /// None while the customer has paused everything or is not of age. A network has no trends.
    /// </summary>
    public static ImmutableArray<Audience> Audiences(ConsentState consent)
    {
        var preferences = consent.Preferences;
        if (consent.PausedAt is not null || !preferences.OfAge)
        {
            return [];
        }

        var purposes = preferences.Contribute
            .Where(purpose => PurposeTable.Find(purpose)?.Facets.Contains(Facet.Tribes) == true)
            .Select(Audience.Of);
        return [.. (preferences.Publish ? purposes.Append(Audience.Trends) : purposes).Distinct().OrderBy(audience => audience.Value, StringComparer.Ordinal)];
    }

    /// <summary>True if <paramref name="voice"/> is to be sent at <paramref name="now"/>, <paramref name="last"/> being what was sent last (absent: nothing was).</summary>
    public static bool IsDue(Voice voice, SentContribution? last, DateTimeOffset now) =>
        last is null || !voice.Says(last.Voice) || now.ToUnixTimeSeconds() >= RenewAt(voice, last);

    /// <summary>What is sent if <see cref="IsDue"/> is true.</summary>
    public static SentContribution Send(Voice voice, SentContribution? last, DateTimeOffset now) =>
        new(voice, Math.Max(last?.FreshUntil ?? 0, now.ToUnixTimeSeconds() + Limits.Groups.FreshSeconds));

    /// <summary>When to check again if no signal comes: when <paramref name="voice"/> changes by itself, or what was sent is about to lapse.</summary>
    public static DateTimeOffset CheckAt(Voice voice, SentContribution last) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Min(voice.ChangesAt, RenewAt(voice, last)));

    /// <summary>The message to one group.</summary>
    /// <param name="sent">The content.</param>
    /// <param name="pseudonym">The customer's pseudonym in that group.</param>
    /// <param name="version">Higher than that of every earlier message.</param>
    /// <param name="since">Since when the customer contributes there: the latest of their yes, and of the joining or the confirmed tie.</param>
    public static Contribution Make(SentContribution sent, Pseudonym pseudonym, ContributionVersion version, DateTimeOffset since) => new(
        pseudonym,
        version,
        sent.Voice.Score,
        sent.Voice.PostScore,
        sent.Voice.Posts,
        sent.Voice.Stratum,
        since.ToUnixTimeSeconds(),
        sent.Voice.HeardUntil,
        sent.FreshUntil,
        sent.Voice.Topics);

    /// <summary>
    /// One day before the contribution lapses. If newer signals gave the same score a later end, the contribution is sent again one day before the score that was sent lapses.
    /// </summary>
    private static long RenewAt(Voice voice, SentContribution last) =>
        Math.Min(last.FreshUntil, voice.HeardUntil > last.Voice.HeardUntil ? last.Voice.HeardUntil : long.MaxValue) - Limits.Groups.RenewSeconds;
}
