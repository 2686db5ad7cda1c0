using CustomerContext.V1;

namespace CustomerContext.Cli.Output;

/// <summary>Work as lines of markup.</summary>
internal static class WorkPage
{
    public static string Line(Work work, DateTimeOffset now)
    {
        var due = work.DueTime is { } time ? $", due {Ages.Of(time, now)}" : "";
        var state = work.State == WorkState.Claimed ? $", {Feeling.Plain(work.ClaimedBy)} has it for {Ages.Span(work.ClaimUntilTime.ToDateTimeOffset() - now)}" : $", {Words.Of(work.State)}";
        return $"[bold]{Words.Of(work.Kind)}[/], {Feeling.Plain(work.Channel)}, since {Ages.Of(work.SinceTime, now)}{due}, {Words.Of(work.Stage)}{state}  [grey]{Feeling.Plain(work.WorkId)}[/]";
    }

    /// <summary>Another customer who could answer and may be contacted.</summary>
    public static string Line(HelpfulPerson person) =>
        $"may be asked about {Feeling.Plain(person.Topic)}: customer {Feeling.Plain(person.CustomerId)}, {Words.Of(person.Standing)}";

    /// <summary>What only who has claimed it sees.</summary>
    public static string Line(AttentionItem item) =>
        $"about {string.Join(", ", item.Topics.Select(Feeling.Plain))}{LivePages.CouldAnswer(item.CouldAnswer)}  [grey]{Feeling.Plain(item.Source)} {Feeling.Plain(item.ConversationId)} {Feeling.Plain(item.Link)}[/]";
}
