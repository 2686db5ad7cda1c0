using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>What a company is told of one of its grants, without asking. No context and no reason is ever part of it.</summary>
/// <param name="Kind">What became of the grant.</param>
/// <param name="Tenant">Who is told.</param>
/// <param name="Grant">Which grant.</param>
/// <param name="Version">Its version now.</param>
/// <param name="Epoch">The epoch that the change made; with the grant it names the news.</param>
/// <param name="At">When it changed.</param>
[GenerateSerializer, Immutable, Alias("GrantNews")]
public sealed record GrantNews(
    [property: Id(0)] NewsKind Kind,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] GrantId Grant,
    [property: Id(3)] int Version,
    [property: Id(4)] long Epoch,
    [property: Id(5)] DateTimeOffset At)
{
    /// <summary>Tells it from all other news of the same customer.</summary>
    public NewsId Id => new(Epoch, Grant);
}

/// <summary>What tells news of one customer apart.</summary>
/// <param name="Epoch">Of the change.</param>
/// <param name="Grant">Which grant.</param>
[GenerateSerializer, Immutable, Alias("NewsId")]
public readonly record struct NewsId([property: Id(0)] long Epoch, [property: Id(1)] GrantId Grant);

/// <summary>What became of a grant, as its company sees it.</summary>
public enum NewsKind
{
    /// <summary>It opens all that it opened before: it is new, or wider, or the same in other words, or the customer has resumed.</summary>
    Given = 1,

    /// <summary>It goes on, and something that it opened is not open any more, whatever else is.</summary>
    Narrowed,

    /// <summary>It opens nothing any more: taken back, over with its call, paused or erased. Why is not said.</summary>
    Ended,
}

/// <summary>
/// Which news a change of consent makes. They are written with the change, so that none is lost, and leave with a change a day later, once they were told: until then they can be told again. Which were
/// told the customer's context knows (<see cref="Customers.CustomerState.Told"/>). What ends by its own time makes no news: its end was in its terms.
/// </summary>
public static class NewsRules
{
    /// <summary><paramref name="after"/> with the news that it makes, and those before that were not told yet.</summary>
    /// <param name="before">Consent before the change.</param>
    /// <param name="after">Consent after it.</param>
    /// <param name="told">News that were told.</param>
    /// <param name="wants">Whether the company is to be told of it.</param>
    /// <param name="now">When it changes.</param>
    public static ConsentState With(ConsentState before, ConsentState after, ImmutableArray<NewsId> told, Func<GrantNews, bool> wants, DateTimeOffset now)
    {
        var left = before.News.Where(news => told.Contains(news.Id) ? after.ErasedAt is null && !HasLapsed(news, now) : after.ErasedAt is null || news.Kind == NewsKind.Ended);
        var fresh = Between(before, after, now).Where(wants);
        var isForgotten = before.ErasedAt is not null;
        return after with { News = isForgotten ? [] : Bounded([.. left, .. fresh], told) };
    }

    /// <summary>True if the change makes news for a company that is to be told.</summary>
    public static bool Makes(ConsentState before, ConsentState after, Func<GrantNews, bool> wants, DateTimeOffset now) => Between(before, after, now).Any(wants);

    /// <summary>The news that <see cref="With"/> had no room for: untold ones from before that <paramref name="after"/> does not hold, though nobody is erased.</summary>
    public static IEnumerable<GrantNews> Dropped(ConsentState before, ConsentState after, ImmutableArray<NewsId> told) =>
        after.ErasedAt is null ? Untold(before, told).Where(news => !after.News.Contains(news)) : [];

    /// <summary>The news that are still to be told, oldest first.</summary>
    public static IEnumerable<GrantNews> Untold(ConsentState consent, ImmutableArray<NewsId> told) => consent.News.Where(news => !told.Contains(news.Id));

    /// <summary>What was told, with one more; what consent does not hold any more is left out.</summary>
    public static ImmutableArray<NewsId> Told(ImmutableArray<NewsId> told, GrantNews news, ConsentState consent) =>
        [.. told.Append(news.Id).Distinct().Where(known => consent.News.Any(held => held.Id == known))];

    /// <summary>
    /// What <paramref name="tenant"/> was told of what came about since <paramref name="from"/>, and may be told again: not that a grant was given or narrowed that opens nothing any more.
    /// </summary>
    public static ImmutableArray<NewsId> Again(ConsentState consent, ImmutableArray<NewsId> told, TenantId tenant, DateTimeOffset from, DateTimeOffset now)
    {
        var open = Open(consent, now);
        return
        [
            .. consent.News
                .Where(news => news.Tenant == tenant && news.At >= from && !HasLapsed(news, now) && told.Contains(news.Id))
                .Where(news => news.Kind == NewsKind.Ended || open.Any(grant => grant.Id == news.Grant))
                .Select(news => news.Id),
        ];
    }

    /// <summary>True if nobody tries any more to tell it.</summary>
    public static bool HasLapsed(GrantNews news, DateTimeOffset now) => now >= news.At + Limits.News.Longest;

    /// <summary>When to try again what is not told yet: after as long as it has waited so far, within bounds.</summary>
    public static DateTimeOffset RetryAt(GrantNews oldest, DateTimeOffset now)
    {
        var waited = now - oldest.At;
        return now + (waited < Limits.News.FirstRetry ? Limits.News.FirstRetry : waited > Limits.News.LongestRetry ? Limits.News.LongestRetry : waited);
    }

    private static IEnumerable<GrantNews> Between(ConsentState before, ConsentState after, DateTimeOffset now)
    {
        var (open, opens) = (Open(before, now), Open(after, now));
        foreach (var grant in opens)
        {
            var old = open.FirstOrDefault(one => one.Id == grant.Id);
            if (old is null || old.Version != grant.Version)
            {
                yield return new GrantNews(old is null || old.IsWithin(grant) ? NewsKind.Given : NewsKind.Narrowed, grant.Tenant, grant.Id, grant.Version, after.Epoch, now);
            }
        }

        foreach (var grant in open.Where(one => opens.All(other => other.Id != one.Id)))
        {
            yield return new GrantNews(NewsKind.Ended, grant.Tenant, grant.Id, grant.Version, after.Epoch, now);
        }
    }

    /// <summary>The grants that can open something now.</summary>
    private static Grant[] Open(ConsentState consent, DateTimeOffset now) =>
        consent is { PausedAt: null, Preferences.OfAge: true } ? [.. consent.Grants.Where(grant => !grant.HasEnded(now))] : [];

    /// <summary>
    /// At most so many. What was told leaves first. What says that something is open leaves before what says that it is closed, and what has newer news of its grant before what has none: else a company would keep for good what it is to forget.
    /// </summary>
    private static ImmutableArray<GrantNews> Bounded(ImmutableArray<GrantNews> all, ImmutableArray<NewsId> told)
    {
        while (all.Length > Limits.News.PerCustomer)
        {
            all = all.Remove(all.MinBy(one => (!told.Contains(one.Id), one.Kind == NewsKind.Ended, !all.Any(other => other.Grant == one.Grant && other.Epoch > one.Epoch)))!);
        }

        return all;
    }
}
