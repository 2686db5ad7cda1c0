using CustomerContext.V1;
using CustomerContext.Web.Words;

namespace CustomerContext.Web.Facets;

/// <summary>A block in a few words: for the list of what changed, and for a screen reader. Equal words mean that nothing worth a word has changed.</summary>
internal static class InShort
{
    private const int Topics = 3;

    /// <summary>The words of a block.</summary>
    public static string Of(FacetBlock block, Phrases words) => Said.Clean(block.Value switch
    {
        _ when block.Absence.Length > 0 => words.Find($"absent.{block.Absence}") ?? words["nothing-known"],
        Sentiment value => value.Trend is { Direction: Direction.Rising or Direction.Falling } trend
            ? words["short.and", words.Of("mood", value.Word), words.Of("direction", trend.Direction)]
            : words.Of("mood", value.Word),
        TopOfMind { Topics.Count: > 0 } value => string.Join(", ", value.Topics.Take(Topics).Select(topic => topic.Name)),
        Attention { Items: [var first, ..] } value => words["short.items", words.Of("attention", first.Kind), value.Items.Count],
        Attention => words["attention.none"],
        Situation { WantedOutcome: { } wanted } => words["short.wants", words.Value(wanted.Value)],
        Situation value => words.Count("short.traits", value.OtherTraits.Count + value.PleaseDoNot.Count + value.OpenCases.Count),
        Conversations { Latest: [var first, ..] } => words["short.and", words.Value(first.Channel), words.Of("conversation", first.State)],
        Network { Friends: { } friends } => words["short.friends", words.Of("group-mood", friends.Word)],
        Tribes { Joined.Count: > 0 } value => string.Join(", ", value.Joined.Select(joined => joined.Tribe.DisplayName)),
        Influence { Topics: [var first, ..] } => words["short.and", first.Topic, words.Of("standing", first.Standing)],
        Help { Resources: [var first, ..] } => first.Topic,
        null => words.Find($"withheld.{block.Reason}") ?? words["withheld.NotGranted"],
        _ => words["nothing-known"],
    });
}
