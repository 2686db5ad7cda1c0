using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Influence;
using Orleans;

namespace CustomerContext.Domain.Groups;

/// <summary>What a customer has to contribute at one moment, the same to every group. Made by <see cref="VoiceRules"/>. Times are unix seconds.</summary>
/// <param name="Score">In 1/50; absent if they are not heard.</param>
/// <param name="PostScore">Mean of what they wrote, in 1/50; absent if they wrote nothing of late.</param>
/// <param name="Posts">Posts within 90 days, rounded down to a step of <see cref="VoiceRules.PostSteps"/>.</param>
/// <param name="Stratum">How much they write.</param>
/// <param name="HeardUntil">When the score lapses if nothing more is heard; 0 without a score.</param>
/// <param name="Topics">Heaviest first, at most <see cref="Limits.Groups.Topics"/>.</param>
/// <param name="ChangesAt">When something of this changes by itself, though nothing more is heard; <see cref="long.MaxValue"/> if never.</param>
[GenerateSerializer, Immutable, Alias("Voice")]
public sealed record Voice(
    [property: Id(0)] int? Score,
    [property: Id(1)] int? PostScore,
    [property: Id(2)] int Posts,
    [property: Id(3)] Stratum Stratum,
    [property: Id(4)] long HeardUntil,
    [property: Id(5)] ImmutableArray<ContributedTopic> Topics,
    [property: Id(6)] long ChangesAt)
{
    /// <summary>True if <paramref name="other"/> has the same content; its lapse times may differ.</summary>
    public bool Says(Voice other) => Score == other.Score && PostScore == other.PostScore && Posts == other.Posts && Stratum == other.Stratum
        && Topics.AsSpan().SequenceEqual(other.Topics.AsSpan());
}

/// <summary>What a customer last sent to their groups.</summary>
/// <param name="Voice">What it said.</param>
/// <param name="FreshUntil">Until when it is good; unix seconds.</param>
[GenerateSerializer, Immutable, Alias("SentContribution")]
public sealed record SentContribution([property: Id(0)] Voice Voice, [property: Id(1)] long FreshUntil);

/// <summary>
/// What a customer has to contribute. The score is the mean of the customer's scored messages with a half-life of 7 days. Unlike a shown score it is not pulled towards 0: in a mean of many voices that pull would look like
/// a mood. It changes only when a signal comes, or when one becomes too old to count.
/// </summary>
public static class VoiceRules
{
    /// <summary>Numbers of posts as they are contributed: rounded down to one of these, so that not every post changes the contribution.</summary>
    public static ImmutableArray<int> PostSteps { get; } = [0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 70, Limits.Groups.PostsCounted];

    /// <summary>The voice at <paramref name="now"/>, from all sources that are kept.</summary>
    /// <param name="state">What is known of the customer.</param>
    /// <param name="influence">How much they count.</param>
    /// <param name="now">The moment.</param>
    public static Voice Of(CustomerState state, InfluenceState influence, DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        var heard = Recent.Of(state, (int)(second / Seconds.Day));
        var posts = Posted.Of(state, (int)(second / Seconds.Week));
        var declared = Declared.Of(state, second);
        var topics = Minded.Of(state, second);
        var step = PostSteps.Last(step => step <= posts.Count);
        return new Voice(
            declared?.Score ?? heard.Score,
            step > 0 ? heard.Score : null,
            step,
            step >= Limits.Groups.ManyPosts ? Stratum.Many : step > 0 ? Stratum.Few : Stratum.Silent,
            declared?.Until ?? heard.Until,
            [.. topics.Topics.Select(topic => new ContributedTopic(topic, InfluenceRules.Contributed(influence, topic, now)))],
            Math.Min(
                Math.Min(heard.ChangesAt, posts.ChangesAt),
                Math.Min(declared?.Until ?? long.MaxValue, Math.Min(topics.ChangesAt, InfluenceRules.ChangesAt(influence, now)))));
    }

    /// <summary>Thousandths over a weight in thousandths, in 1/50, halves away from zero.</summary>
    private static int Steps(double score, double weight) =>
        (int)Math.Round(score * Limits.Groups.ScoreSteps / weight, MidpointRounding.AwayFromZero);

    /// <summary>The mean of the scores of the last 30 days. Each day fades relative to the newest of them, so that the passing of time alone changes nothing.</summary>
    private sealed record Recent(int? Score, long Until, long ChangesAt)
    {
        public static Recent Of(CustomerState state, int today)
        {
            var days = state.Sources.SelectMany(source => source.Days).Where(day => day.Index > today - Limits.Groups.VoiceDays).ToLookup(day => day.Index <= today);
            var begins = days[false].Select(day => day.Index * Seconds.Day).DefaultIfEmpty(long.MaxValue).Min();
            if (!days[true].Any())
            {
                return new Recent(null, 0, begins);
            }

            var (oldest, newest) = (days[true].Min(day => day.Index), days[true].Max(day => day.Index));
            var (score, weight) = (0.0, 0.0);
            foreach (var day in days[true].GroupBy(day => day.Index).OrderBy(day => day.Key))
            {
                var fade = Seconds.Growth((day.Key - newest) * (double)Seconds.Day);
                score += day.Sum(sums => sums.Score) * fade;
                weight += day.Sum(sums => sums.Weight) * fade;
            }

            return new Recent(
                Steps(score, weight), (newest + Limits.Groups.VoiceDays) * Seconds.Day, Math.Min((oldest + Limits.Groups.VoiceDays) * Seconds.Day, begins));
        }
    }

    /// <summary>Posts within 13 weeks.</summary>
    private readonly record struct Posted(int Count, long ChangesAt)
    {
        public static Posted Of(CustomerState state, int thisWeek)
        {
            var weeks = state.Sources.SelectMany(source => source.Posts).Where(week => week.Week > thisWeek - Limits.Groups.PostWeeks).ToList();
            return new Posted(
                weeks.Where(week => week.Week <= thisWeek).Sum(week => week.Count),
                weeks.Select(week => (week.Week <= thisWeek ? week.Week + Limits.Groups.PostWeeks : week.Week) * Seconds.Week).DefaultIfEmpty(long.MaxValue).Min());
        }
    }

    /// <summary>The score that the customer declared: their own correction before a survey answer; among equals the latest.</summary>
    private sealed record Declared(int Score, long Until)
    {
        public static Declared? Of(CustomerState state, long second)
        {
            var own = state.Sources
                .Where(source => source.Source == SourceId.Customer && source.Score is not null)
                .Select(source => (Rank: 1, source.Score!.Stamp, source.Score.Score, source.Source));
            var asked = state.Sources
                .Where(source => source.Survey is not null)
                .Select(source => (Rank: 0, source.Survey!.Stamp, source.Survey.Score, source.Source));
            var latest = own.Concat(asked)
                .Where(answer => second - answer.Stamp.Second < Limits.Groups.DeclaredDays * Seconds.Day)
                .OrderBy(answer => answer.Rank)
                .ThenBy(answer => answer.Stamp.At)
                .ThenBy(answer => answer.Source.Value, StringComparer.Ordinal)
                .LastOrDefault();
            return latest.Source.Value is null
                ? null
                : new Declared(Steps(latest.Score, Thousandths.One), latest.Stamp.Second + (Limits.Groups.DeclaredDays * Seconds.Day));
        }
    }

    /// <summary>
    /// The topics on the customer's mind. Mentions fade by whole weeks, so that time alone changes no order. Of those that one company alone reports at most
    /// <see cref="Limits.Groups.TopicsOfOneCompany"/> counts: otherwise a company would fill what a tribe talks about with what it says of its own customers.
    /// </summary>
    private sealed record Minded(ImmutableArray<string> Topics, long ChangesAt)
    {
        public static Minded Of(CustomerState state, long second)
        {
            var week = (int)(second / Seconds.Week);
            var shown = SnapshotRules.TopicsOnMind(state, second);
            var weeks = state.Sources
                .SelectMany(source => source.Topics, (source, topic) => (By: source.Source.Tenant, Topic: topic))
                .Where(one => shown.Contains(one.Topic.Topic))
                .SelectMany(one => one.Topic.Weeks, (one, sums) => (one.By, one.Topic.Topic, Sums: sums))
                .Where(mention => mention.Sums.Week > week - Limits.Customers.TopicWeeks && mention.Sums.Week <= week)
                .ToList();
            var ofOne = new Dictionary<TenantId, int>();
            var topics = weeks
                .GroupBy(mention => mention.Topic, StringComparer.Ordinal)
                .OrderByDescending(same => same.Sum(mention => mention.Sums.Mentions << (mention.Sums.Week - week + Limits.Customers.TopicWeeks - 1)))
                .ThenBy(same => same.Key, StringComparer.Ordinal)
                .Where(same => OnlyBy(same.Select(mention => mention.By)) is not { } company
                    || (ofOne[company] = ofOne.GetValueOrDefault(company) + 1) <= Limits.Groups.TopicsOfOneCompany)
                .Take(Limits.Groups.Topics)
                .Select(same => same.Key);
            return new Minded([.. topics], weeks.Count == 0 ? long.MaxValue : (weeks.Min(mention => mention.Sums.Week) + Limits.Customers.TopicWeeks) * Seconds.Week);
        }

        /// <summary>The company that alone reports it; absent if the customer does too, or another company.</summary>
        private static TenantId? OnlyBy(IEnumerable<TenantId?> reporters) => reporters.Distinct().ToArray() is [var only] ? only : null;
    }
}
