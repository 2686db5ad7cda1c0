using CustomerContext.V1;

namespace CustomerContext.Cli.Output;

/// <summary>How moods went, as lines of markup; the oldest first under each heading.</summary>
internal static class HistoryPage
{
    public static IEnumerable<string> Lines(GetHistoryResponse history, DateTimeOffset now) =>
    [
        .. Section("their own days", history.SentimentDays.Where(day => day.HasScore).Select(day =>
            $"{Feeling.Score(day.Score)}  [grey]{day.MessageCount} messages, {Ages.Of(day.DayTime, now)}[/]")),
        .. Section("friends", history.Friends.Select(mood => Mood(mood, now))),
        .. Section("those they follow", history.Followed.Select(mood => Mood(mood, now))),
        .. history.Tribes.SelectMany(tribe => Section(Feeling.Plain(tribe.Tribe.DisplayName), tribe.Releases.Select(release =>
            $"{TribePage.Shown(release)}  [grey]heard {release.HeardCount:N0}, {Ages.Of(release.ReleaseTime, now)}[/]"))),
        .. Section("withheld", history.Withheld.Select(one => Words.Of(one.Facet))),
    ];

    private static string Mood(NetworkMood mood, DateTimeOffset now) => $"{Words.Of(mood.Word)}  [grey]released {Ages.Of(mood.ReleaseTime, now)}[/]";

    private static IEnumerable<string> Section(string title, IEnumerable<string> lines)
    {
        var all = lines.ToArray();
        return all.Length == 0 ? [] : [$"[bold]{title}[/]", .. all.Select(line => $"  {line}")];
    }
}
