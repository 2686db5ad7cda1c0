using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Domain.Groups;

/// <summary>To whom a customer contributes, and when to send: only if what is said changed, or is about to lapse.</summary>
public static class ContributionRules
{
    /// <summary>
    /// The audiences of a tribe that the customer lets themselves be counted for, ordinal: purposes of their <em>contribute</em> for which group moods exist at all, and
    /// trends. None while they have paused everything or are not of age. A network knows no trends.
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

    /// <summary>True if <paramref name="voice"/> is to be sent at <paramref name="now"/>, <paramref name="last"/> being what was sent last (absent: nothing).</summary>
    public static bool IsDue(Voice voice, SentContribution? last, DateTimeOffset now) =>
        last is null || !voice.Says(last.Voice) || now.ToUnixTimeSeconds() >= RenewAt(voice, last);

    /// <summary>What is sent if so.</summary>
    public static SentContribution Send(Voice voice, SentContribution? last, DateTimeOffset now) =>
        new(voice, Math.Max(last?.FreshUntil ?? 0, now.ToUnixTimeSeconds() + Limits.Groups.FreshSeconds));

    /// <summary>When to look again if nothing comes in: <paramref name="voice"/> changes by itself, or what was sent is about to lapse.</summary>
    public static DateTimeOffset CheckAt(Voice voice, SentContribution last) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Min(voice.ChangesAt, RenewAt(voice, last)));

    /// <summary>The message to one group.</summary>
    /// <param name="sent">What to say.</param>
    /// <param name="pseudonym">Who, there.</param>
    /// <param name="version">Above that of every message before.</param>
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

    /// <summary>A day before the contribution lapses; or its score does, if meanwhile more was heard that says the same.</summary>
    private static long RenewAt(Voice voice, SentContribution last) =>
        Math.Min(last.FreshUntil, voice.HeardUntil > last.Voice.HeardUntil ? last.Voice.HeardUntil : long.MaxValue) - Limits.Groups.RenewSeconds;
}
