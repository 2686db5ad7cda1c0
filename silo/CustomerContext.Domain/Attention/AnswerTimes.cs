using System.Collections.Immutable;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Attention;

/// <summary>How soon a company answers the customers of one support tier.</summary>
/// <param name="Tier">The value of trait "support_tier".</param>
/// <param name="Answer">After so long without an answer a question is overdue.</param>
/// <param name="Notice">So long before that it counts as due; at most <paramref name="Answer"/>.</param>
/// <param name="Escalation">So long after that it is escalated; zero: at once.</param>
public sealed record AnswerTime(string Tier, TimeSpan Answer, TimeSpan Notice, TimeSpan Escalation);

/// <summary>How soon a company answers, tier by tier. Customers of a tier that is not listed, or of none, have no time: what they ask waits and is never overdue.</summary>
/// <param name="Tiers">One for each tier; none: the default.</param>
public sealed record AnswerTimes(ImmutableArray<AnswerTime> Tiers)
{
    private static readonly TimeSpan _standard = TimeSpan.FromHours(Limits.Attention.AnswerHours);

    /// <summary>The default: support subscribers are answered within a day, which is any tier but "basic" and "none".</summary>
    public static AnswerTimes Standard { get; } = new([]);

    /// <summary>The time of a customer of this tier; absent if there is none.</summary>
    public AnswerTime? Of(string? tier) =>
        tier is null ? null
        : !Tiers.IsEmpty ? Tiers.FirstOrDefault(time => time.Tier == tier)
        : tier is "basic" or "none" ? null
        : new AnswerTime(tier, _standard, TimeSpan.FromHours(Limits.Attention.NoticeHours), TimeSpan.Zero);
}

/// <summary>Who knows how soon each company answers.</summary>
public interface IAnswerTimes
{
    /// <summary>The times of a company; the default for one that is not known.</summary>
    AnswerTimes Of(TenantId tenant);

    /// <summary>Another object as soon as any company's times may have changed.</summary>
    object Version { get; }
}
