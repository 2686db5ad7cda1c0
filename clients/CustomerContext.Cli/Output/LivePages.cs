using CustomerContext.V1;
using Google.Protobuf.Collections;

namespace CustomerContext.Cli.Output;

/// <summary>The live facets but sentiment, as lines of markup. No line: nothing is known.</summary>
internal static class LivePages
{
    private const int ShownTopics = 10;

    public static IEnumerable<string> Attention(Attention attention, DateTimeOffset now) => attention.Items.Count == 0
        ? ["nothing waits"]
        : attention.Items.Select(item =>
        {
            var due = item.DueTime is { } time ? $", due {Ages.Of(time, now)}" : "";
            var stage = item.Stage is AttentionStage.Overdue or AttentionStage.Escalated ? $", {Words.Of(item.Stage)}" : "";
            return $"[bold red]{Words.Of(item.Kind)}[/]{About(item.Topics)}, since {Ages.Of(item.SinceTime, now)}{due}{stage}{CouldAnswer(item.CouldAnswer)}{Link(item.Link)}";
        });

    /// <summary>Who of the reader's company could answer. Empty: it named nobody.</summary>
    public static string CouldAnswer(IReadOnlyCollection<Answerer> people) => people.Count == 0
        ? ""
        : $"  [grey]could answer: {string.Join(", ", people.Select(one => Feeling.Plain(one.Reach.Length > 0 ? $"{one.Name}, {one.Reach}" : one.Name)))}[/]";

    public static IEnumerable<string> TopOfMind(TopOfMind mind, DateTimeOffset now)
    {
        foreach (var topic in mind.Topics.Take(ShownTopics))
        {
            yield return $"{Feeling.Plain(topic.Name)}{Feeling.SureScore(topic.SentimentScore, topic.SentimentConfidence)}  [grey]{Ages.Of(topic.LastTime, now)}[/]";
        }

        if (mind.Likes.Count > 0)
        {
            yield return $"likes {List(mind.Likes)}";
        }

        if (mind.Dislikes.Count > 0)
        {
            yield return $"dislikes {List(mind.Dislikes)}";
        }
    }

    public static IEnumerable<string> Situation(Situation situation, DateTimeOffset now)
    {
        if (situation.WantedOutcome is { } wanted)
        {
            yield return $"wants [bold]{Value(wanted)}[/]  {Source(wanted, now)}";
        }

        foreach (var no in situation.PleaseDoNot)
        {
            yield return $"[bold red]please do not {Value(no)}[/]  {Source(no, now)}";
        }

        foreach (var trait in situation.OpenCases)
        {
            yield return $"open case {Value(trait)}  {Source(trait, now)}";
        }

        Trait?[] others = [situation.CurrentSituation, situation.SupportTier, situation.ContactPreference, .. situation.OtherTraits];
        foreach (var trait in others.OfType<Trait>())
        {
            yield return $"{Feeling.Plain(trait.Name.Replace('_', ' '))}: {Value(trait)}  {Source(trait, now)}";
        }
    }

    public static IEnumerable<string> Conversations(Conversations conversations, DateTimeOffset now) =>
        conversations.Latest.Select(conversation => Conversation(conversation, now)).Concat(conversations.Outcomes.Select(outcome => Outcome(outcome, now)));

    private static string Outcome(InteractionOutcome outcome, DateTimeOffset now)
    {
        string[] said =
        [
            .. outcome.ByCompany == InteractionResult.Unspecified ? [] : (string[])[$"{Feeling.Plain(outcome.Tenant)} says {Words.Of(outcome.ByCompany)}"],
            .. outcome.ByCustomer == InteractionResult.Unspecified ? [] : (string[])[$"the customer says {Words.Of(outcome.ByCustomer)}"],
        ];
        return $"contact with {Feeling.Plain(outcome.Tenant)}{About(outcome.Topics)}: {string.Join(", ", said)}  [grey]{Feeling.Plain(outcome.InteractionId)}, {Ages.Of(outcome.SaidTime, now)}[/]";
    }

    private static string Conversation(Conversation conversation, DateTimeOffset now)
    {
        var with = conversation.Counterparties.Count > 0
            ? " with " + string.Join(", ", conversation.Counterparties.Select(party => Words.Of(party.Role)))
            : "";
        var score = Feeling.SureScore(conversation.SentimentScore, conversation.SentimentConfidence);
        var waiting = conversation.WaitingSinceTime is { } since ? $"  [bold yellow]waiting since {Ages.Of(since, now)}[/]" : "";
        return $"{Feeling.Plain(conversation.Channel)}{with}{About(conversation.Topics)}: {Words.Of(conversation.State)}{score}{waiting}  "
            + $"[grey]{Words.Count(conversation.TurnCount, "turn")}, {Ages.Of(conversation.LastTime, now)}[/]{Link(conversation.Link)}";
    }

    private static string About(RepeatedField<string> topics) => topics.Count > 0 ? $" about {List(topics)}" : "";

    private static string List(IEnumerable<string> items) => string.Join(", ", items.Select(Feeling.Plain));

    private static string Link(string link) => link.Length > 0 ? $"  [grey]{Feeling.Plain(link)}[/]" : "";

    private static string Value(Trait trait) => Feeling.Plain(trait.Value.Replace('_', ' '));

    private static string Source(Trait trait, DateTimeOffset now) => $"[grey]{Feeling.Plain(trait.Source)}, {Ages.Of(trait.OccurredTime, now)}[/]";
}
