using CustomerContext.Domain.Customers;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Author = CustomerContext.Domain.Customers.Author;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>SENTIMENT as the contract has it: thousandths become ratios, and what is absent stays absent.</summary>
internal static class SentimentTranslator
{
    /// <summary>The facet as of <paramref name="asOf"/>.</summary>
    public static Sentiment ToProto(SentimentContent content, DateTimeOffset asOf)
    {
        var message = new Sentiment
        {
            AsOfTime = asOf.ToTimestamp(),
            Provenance = content.Provenance is { } provenance ? Provenances.Of(provenance) : V1.Provenance.Unspecified,
            Word = content.Word == Domain.Customers.SentimentWord.NotKnown ? V1.SentimentWord.NotKnown : (V1.SentimentWord)content.Word,
            MessageCount = content.Messages,
            LastEvidenceTime = content.LatestEvidence?.ToTimestamp(),
            Today = HorizonOf(content.Today),
            Week = HorizonOf(content.Week),
            Usual = HorizonOf(content.Usual),
            LastKnown = content.LastKnown is { } known
                ? new LastKnownSentiment { Score = known.Score.Ratio(), LastTime = known.Day.ToTimestamp() }
                : null,
            Trend = TrendOf(content.Trend),
            Changes = { content.Changes.Select(ChangeOf) },
            Sparkline = { content.Sparkline.Select(DayOf) },
            Evidence = { content.Evidence.Select(EvidenceOf) },
            Override = content.Override is { } stands ? OverrideOf(stands) : null,
            Upstream = { content.Upstream.Select(UpstreamOf) },
        };
        if (content.Score is { } score)
        {
            message.Score = score.Ratio();
        }

        if (content.Confidence is { } confidence)
        {
            message.Confidence = confidence.Ratio();
        }

        return message;
    }

    private static SentimentHorizon HorizonOf(Horizon horizon)
    {
        var message = new SentimentHorizon { Confidence = horizon.Confidence.Ratio(), MessageCount = horizon.Messages };
        if (horizon.Score is { } score)
        {
            message.Score = score.Ratio();
        }

        return message;
    }

    private static SentimentTrend TrendOf(Trend trend)
    {
        var message = new SentimentTrend
        {
            Direction = trend.Direction == Domain.Customers.Direction.Unknown ? V1.Direction.Unknown : (V1.Direction)trend.Direction,
        };
        if (trend is { Change: { } change, StandardError: { } error })
        {
            message.Change = change.Ratio();
            message.StandardError = error.Ratio();
        }

        return message;
    }

    private static SentimentChange ChangeOf(ChangePoint point) => new()
    {
        DayTime = point.Day.ToTimestamp(),
        Change = point.Change.Ratio(),
        StandardError = point.StandardError.Ratio(),
        Topic = point.Topic ?? "",
    };

    /// <summary>A day.</summary>
    public static SentimentDay DayOf(SparkDay day)
    {
        var message = new SentimentDay { DayTime = day.Day.ToTimestamp(), MessageCount = day.Messages };
        if (day.Score is { } score)
        {
            message.Score = score.Ratio();
        }

        return message;
    }

    /// <summary>A link to a piece of evidence.</summary>
    public static Evidence EvidenceOf(EvidenceLink evidence) =>
        new() { Link = evidence.Link, OccurredTime = evidence.OccurredAt.ToTimestamp(), Source = evidence.Source.Value };

    private static SentimentOverride OverrideOf(ScoreOverride stands) => new()
    {
        Author = stands.Author switch { Author.Agent => V1.Author.Agent, Author.Survey => V1.Author.Survey, _ => V1.Author.Customer },
        OccurredTime = stands.OccurredAt.ToTimestamp(),
        UntilTime = stands.Until.ToTimestamp(),
    };

    private static UpstreamSentiment UpstreamOf(UpstreamContent upstream) => new()
    {
        Source = upstream.Source.Value,
        Score = new UpstreamScore { Value = upstream.Value.Ratio(), Minimum = upstream.Minimum.Ratio(), Maximum = upstream.Maximum.Ratio() },
        OccurredTime = upstream.OccurredAt.ToTimestamp(),
    };
}
