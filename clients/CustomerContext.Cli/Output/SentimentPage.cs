using CustomerContext.V1;

namespace CustomerContext.Cli.Output;

/// <summary>The facet sentiment, as lines of markup.</summary>
internal static class SentimentPage
{
    public static IEnumerable<string> Lines(Sentiment sentiment, DateTimeOffset now)
    {
        yield return string.Join("  ", Head(sentiment));
        yield return sentiment.MessageCount == 0 && sentiment.Override is null
            ? "[grey]nothing was heard[/]"
            : "[grey]" + string.Join(" · ", Ground(sentiment, now)) + "[/]";
        if (Horizons(sentiment) is { Length: > 0 } horizons)
        {
            yield return horizons;
        }

        foreach (var change in sentiment.Changes)
        {
            var topic = change.Topic.Length > 0 ? $" about {Feeling.Plain(change.Topic)}" : "";
            yield return $"changed by {Feeling.Score(change.Change)}{topic}, {Ages.Day(change.DayTime, now)}";
        }

        foreach (var evidence in sentiment.Evidence)
        {
            yield return $"[grey]{Ages.Of(evidence.OccurredTime, now)} ({Feeling.Plain(evidence.Source)})[/] {Feeling.Plain(evidence.Link)}";
        }
    }

    private static IEnumerable<string> Head(Sentiment sentiment)
    {
        yield return Feeling.Word(sentiment.Word);
        if (sentiment.HasScore && sentiment.Word != SentimentWord.NotKnown)
        {
            yield return Feeling.Score(sentiment.Score);
        }
        else if (sentiment.LastKnown is { } last)
        {
            yield return $"last {Feeling.Score(last.Score)}";
        }

        if (sentiment.Sparkline.Count > 0)
        {
            yield return Feeling.Sparkline(sentiment.Sparkline);
        }

        if (sentiment.Trend is { Direction: Direction.Rising or Direction.Falling or Direction.Steady } trend)
        {
            yield return Feeling.Way(trend.Direction) + (trend.HasChange ? $" by {Feeling.Number(trend.Change)} since last week" : "");
        }
    }

    private static IEnumerable<string> Ground(Sentiment sentiment, DateTimeOffset now)
    {
        if (sentiment.MessageCount > 0)
        {
            yield return Words.Count(sentiment.MessageCount, "message");
        }

        if (sentiment.LastEvidenceTime is { } latest)
        {
            yield return $"latest {Ages.Of(latest, now)}";
        }

        if (sentiment.HasConfidence)
        {
            yield return $"{sentiment.Confidence:P0} sure".Replace(" %", "%");
        }

        if (sentiment.Override is { } word)
        {
            yield return $"said by the {Words.Of(word.Author)} {Ages.Of(word.OccurredTime, now)}";
        }
        else if (sentiment.Provenance != Provenance.Unspecified)
        {
            yield return Words.Of(sentiment.Provenance);
        }
    }

    private static string Horizons(Sentiment sentiment) => string.Join(" · ",
        new[] { ("today", sentiment.Today), ("this week", sentiment.Week), ("usually", sentiment.Usual) }
            .Where(horizon => horizon.Item2 is { HasScore: true, MessageCount: > 1 })
            .Select(horizon => $"{horizon.Item1} {Feeling.Score(horizon.Item2.Score)}"));
}
