using CustomerContext.V1;

namespace CustomerContext.Cli.Output;

/// <summary>The released facets, as lines of markup. No line: nothing is released.</summary>
internal static class GroupPages
{
    public static IEnumerable<string> Network(Network network, DateTimeOffset now)
    {
        if (network.Friends is { } friends)
        {
            yield return Mood("friends", friends, now);
        }

        if (network.Followed is { } followed)
        {
            yield return Mood("those they follow", followed, now);
        }
    }

    public static IEnumerable<string> Tribes(Tribes tribes) => tribes.Joined.Select(joined =>
    {
        var name = Feeling.Plain(joined.Tribe.DisplayName);
        var care = joined.Care is { WorthCare: true } ? "  [bold yellow]worth care[/]" : "";
        return joined.Release is not { } release
            ? $"{name}  [grey]too few were heard[/]{care}"
            : $"{name}  {Release(release)}  {Feeling.Way(release.Direction)}  "
                + $"[grey]heard {release.HeardCount:N0} of {release.MemberCount:N0}[/]{care}";
    });

    public static IEnumerable<string> Influence(Influence influence) =>
        influence.Topics.Select(topic => $"{Feeling.Plain(topic.Topic)}: {Words.Of(topic.Standing)}  "
            + $"[grey]{topic.PeopleCount:N0} people replied, {topic.HelpfulCount} of {topic.AnsweredCount} answers helped[/]");

    public static IEnumerable<string> Help(Help help) =>
        help.Resources.Select(resource => $"{Feeling.Plain(resource.Resource)}  [grey]helped {Size(resource.SizeBand)} {Why(resource)}[/]");

    private static string Size(SizeBand band) => band switch { SizeBand.From25 => "25-49 people", SizeBand.From50 => "50 people or more", _ => "people" };

    private static string Why(HelpfulResource resource) => resource.Basis switch
    {
        HelpBasis.SameTopic => $"with {Feeling.Plain(resource.Topic)}",
        HelpBasis.Popular => "(not chosen by what is on their mind)",
        _ => "",
    };

    private static string Mood(string whose, NetworkMood mood, DateTimeOffset now) =>
        $"{whose}: {Words.Of(mood.Word)}  {Feeling.Way(mood.WeekDirection)} this week  [grey]released {Ages.Of(mood.ReleaseTime, now)}[/]";

    private static string Release(TribeRelease release) => release.Corrected is { } corrected
        ? $"{Feeling.Score(corrected.Score)} ({TribePage.Shown(release)})"
        : TribePage.Shown(release);
}
