using CustomerContext.V1;

namespace CustomerContext.Cli.Output;

/// <summary>Tribes and what they released, as lines of markup.</summary>
internal static class TribePage
{
    public static string Line(Tribe tribe)
    {
        var topics = tribe.Topics.Count > 0 ? $"about {string.Join(", ", tribe.Topics.Select(Feeling.Plain))}" : "";
        return $"[bold]{Feeling.Plain(tribe.DisplayName)}[/]  [grey]{Feeling.Plain(tribe.TribeId)}[/]  {topics}";
    }

    public static string Line(TrendPoint point, DateTimeOffset now) => point.HasScore
        ? $"{Feeling.Score(point.Score)}  [grey]heard {point.HeardCount:N0}, {Ages.Of(point.ReleaseTime, now)}[/]"
        : $"[grey]too few were heard, {Ages.Of(point.ReleaseTime, now)}[/]";

    /// <summary>The mood as the tribe's posts show it.</summary>
    public static string Shown(TribeRelease release) => release.HasShownScore ? $"as others show it {Feeling.Score(release.ShownScore)}" : "nobody wrote of late";

    public static IEnumerable<string> Lines(TribeRelease release, DateTimeOffset now)
    {
        yield return Shown(release);
        if (release.Corrected is { } corrected)
        {
            yield return $"corrected for the vocal minority {Feeling.Score(corrected.Score)}  "
                + $"[grey]surely {Feeling.Number(corrected.IntervalLow)} to {Feeling.Number(corrected.IntervalHigh)}[/]";
        }
        else if (release.Known is { } known)
        {
            var part = known.HasScore ? $"{known.Share:P0} of the tribe feel {Feeling.Score(known.Score)}, the rest is silent" : "too few of every kind were heard";
            yield return $"[yellow]not known as a whole[/]: {part}  [grey]all in all {Feeling.Number(known.BoundLow)} to {Feeling.Number(known.BoundHigh)}[/]";
        }

        yield return $"{Feeling.Way(release.Direction)}  [grey]heard {release.HeardCount:N0} of {release.MemberCount:N0}[/]";
        if (release.TopTopics.Count > 0)
        {
            yield return $"talks about {string.Join(", ", release.TopTopics.Select(Feeling.Plain))}";
        }

        yield return $"[grey]release {release.ReleaseNumber}, {Ages.Of(release.ReleaseTime, now)}; the next one {Ages.Of(release.NextReleaseTime, now)}; "
            + $"noise of epsilon {release.NoiseEpsilon:0.##} a day[/]";
    }
}
