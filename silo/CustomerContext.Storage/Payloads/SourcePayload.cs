using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Signals;
using Google.Protobuf.Collections;

namespace CustomerContext.Storage.Payloads;

/// <summary>What one source told of a customer.</summary>
internal static class SourcePayload
{
    public static Stored.SourceContext ToMessage(SourceContext source)
    {
        var stored = new Stored.SourceContext
        {
            Source = source.Source.Value,
            Conversations = { source.Conversations.Select(ConversationPayload.ToMessage) },
            Topics = { source.Topics.Select(TopicPayload.ToMessage) },
            Traits = { source.Traits.Select(ToMessage) },
            Pages = { source.Pages.Select(ToMessage) },
            Outcomes = { source.Outcomes.Select(ToMessage) },
            Recent = { source.Recent.Select(ToMessage) },
            CorrectedTopics = { source.CorrectedTopics.Select(TopicPayload.ToMessage) },
            Score = source.Score is { } score ? new() { Stamp = ToMessage(score.Stamp), Score = score.Score } : null,
            Survey = source.Survey is { } survey ? ToMessage(survey) : null,
            Upstream = source.Upstream is { } upstream ? ToMessage(upstream) : null,
        };
        if (source.LastScored != default)
        {
            stored.Heard.AddRange([source.LastScored.Inferred, source.LastScored.Observed, source.LastScored.Declared]);
        }

        if (source.TopicError is { } error)
        {
            stored.TopicError.AddRange([error.Week, error.Sum]);
        }

        Write(stored.Hours, source.Hours);
        Write(stored.Days, source.Days);
        Write(stored.Weeks, source.Weeks);
        Rows.Write(stored.Posts, source.Posts, 2, static (week, row) => (row[0], row[1]) = (week.Week, week.Count));
        return stored;
    }

    public static SourceContext FromMessage(Stored.SourceContext stored) => new(
        new SourceId(stored.Source),
        stored.Heard is [var inferred, var observed, var declared] ? new LastScored(inferred, observed, declared) : default,
        ReadBuckets(stored.Hours),
        ReadBuckets(stored.Days),
        ReadBuckets(stored.Weeks),
        [.. stored.Conversations.Select(ConversationPayload.FromMessage)],
        [.. stored.Topics.Select(TopicPayload.FromMessage)],
        [.. stored.Traits.Select(FromMessage)],
        [.. stored.CorrectedTopics.Select(TopicPayload.FromMessage)],
        stored.Score is { } score ? new CorrectedScore(FromMessage(score.Stamp), score.Score) : null,
        stored.Survey is { } survey ? FromMessage(survey) : null,
        stored.Upstream is { } upstream ? FromMessage(upstream) : null)
    {
        Posts = Rows.Read(stored.Posts, 2, static row => new PostWeek((int)row[0], (int)row[1])),
        Pages = [.. stored.Pages.Select(FromMessage)],
        Outcomes = [.. stored.Outcomes.Select(FromMessage)],
        Recent = [.. stored.Recent.Select(FromMessage)],
        TopicError = stored.TopicError is [var week, var sum] ? new WeekSum((int)week, sum) : null,
    };

    public static Stored.Stamp ToMessage(Stamp stamp) => new() { At = stamp.At, Tie = stamp.TieBreak };

    public static Stamp FromMessage(Stored.Stamp stored) => new(stored.At, stored.Tie);

    private static Stored.TraitEntry ToMessage(TraitEntry trait) =>
        new() { Name = trait.Name, Value = trait.Value, Stamp = ToMessage(trait.Stamp), Corrects = trait.Corrects };

    private static TraitEntry FromMessage(Stored.TraitEntry stored) => new(stored.Name, stored.Value, FromMessage(stored.Stamp), stored.Corrects);

    private static Stored.ReadPage ToMessage(ReadPage page) => new()
    {
        Company = page.Company.Value,
        Address = page.Address,
        Topics = { page.Topics },
        Read = page.Read,
        IsAttentive = page.IsAttentive,
        SaidAt = page.SaidAt == default ? null : ToMessage(page.SaidAt),
        IsHelpful = page.IsHelpful,
    };

    private static ReadPage FromMessage(Stored.ReadPage stored) => new(
        new TenantId(stored.Company),
        stored.Address,
        [.. stored.Topics],
        stored.Read,
        stored.IsAttentive,
        stored.SaidAt is { } said ? FromMessage(said) : default,
        stored.IsHelpful);

    private static Stored.SaidOutcome ToMessage(SaidOutcome said) => new()
    {
        Company = said.Company.Value,
        Interaction = said.Interaction,
        Result = (int)said.Result,
        Topics = { said.Topics },
        Stamp = ToMessage(said.Stamp),
    };

    private static SaidOutcome FromMessage(Stored.SaidOutcome stored) =>
        new(new TenantId(stored.Company), stored.Interaction, (InteractionResult)stored.Result, [.. stored.Topics], FromMessage(stored.Stamp));

    private static Stored.RecentPost ToMessage(RecentPost post) =>
        new() { Stamp = ToMessage(post.Stamp), Score = post.Score, Weight = post.Weight, Provenance = (int)post.Provenance, Topics = { post.Topics } };

    private static RecentPost FromMessage(Stored.RecentPost stored) =>
        new(FromMessage(stored.Stamp), stored.Score, stored.Weight, (Provenance)stored.Provenance, [.. stored.Topics]);

    private static Stored.SurveyAnswer ToMessage(SurveyAnswer survey) => new()
    {
        Stamp = ToMessage(survey.Stamp),
        Score = survey.Score,
        Question = survey.Question,
        Answer = survey.Answer,
        ScaleMinimum = survey.ScaleMinimum,
        ScaleMaximum = survey.ScaleMaximum,
    };

    private static SurveyAnswer FromMessage(Stored.SurveyAnswer stored) =>
        new(FromMessage(stored.Stamp), stored.Score, stored.Question, stored.Answer, stored.ScaleMinimum, stored.ScaleMaximum);

    private static Stored.UpstreamEntry ToMessage(UpstreamEntry upstream) =>
        new() { Stamp = ToMessage(upstream.Stamp), Value = upstream.Value, Minimum = upstream.Minimum, Maximum = upstream.Maximum };

    private static UpstreamEntry FromMessage(Stored.UpstreamEntry stored) => new(FromMessage(stored.Stamp), stored.Value, stored.Minimum, stored.Maximum);

    private static void Write(RepeatedField<long> list, ImmutableArray<Bucket> buckets) => Rows.Write(list, buckets, 4, static (bucket, row) =>
    {
        row[0] = bucket.Index;
        row[1] = bucket.Score;
        row[2] = bucket.Weight;
        row[3] = bucket.Count;
    });

    private static ImmutableArray<Bucket> ReadBuckets(RepeatedField<long> list) =>
        Rows.Read(list, 4, static row => new Bucket((int)row[0], row[1], row[2], (int)row[3]));
}
