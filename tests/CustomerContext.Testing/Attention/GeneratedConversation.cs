using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Testing.Attention;

/// <summary>A generated conversation, and what waits in it as a model says that shares no code with the machine: it knows no steps and looks each thing up in the list of all turns, as the contract defines it.</summary>
/// <param name="Turns">In their order, 1 to <see cref="Limits.Customers.Turns"/>: which ones leave when there are more is the conversations' own test.</param>
/// <param name="Tier">The customer's support tier; absent: none.</param>
public sealed record GeneratedConversation(IReadOnlyList<ConversationSignal> Turns, string? Tier)
{
    /// <summary>For so many hours from its beginning, at least, it is looked at: until everything is told no more.</summary>
    public const int Hours = 20 * 24;

    private static readonly string?[] _tiers = [null, "basic", "silver", "gold"];

    /// <summary>How soon companies answer in all of them: two tiers have times, one does not.</summary>
    public static IAnswerTimes Times { get; } = new TierTimes(
        new([new AnswerTime("gold", TimeSpan.FromHours(4), TimeSpan.FromHours(1), TimeSpan.FromHours(2)), new AnswerTime("silver", TimeSpan.FromHours(24), TimeSpan.FromHours(4), TimeSpan.Zero)]));

    /// <summary>One that begins soon after <paramref name="begin"/>.</summary>
    public static GeneratedConversation Make(Random random, SourceId source, string id, DateTimeOffset begin)
    {
        var tier = _tiers[random.Next(_tiers.Length)];
        var turns = new ConversationSignal[random.Next(1, Limits.Customers.Turns + 1)];
        var at = begin;
        for (var i = 0; i < turns.Length; i++)
        {
            at = at.AddMinutes(random.Next(1, random.Next(2) == 0 ? 120 : 2_000));
            var state = (ConversationState)random.Next(1, 8);
            turns[i] = new ConversationSignal
            {
                Id = $"{id} {i}",
                Source = source,
                OccurredAt = at,
                ConversationId = id,
                Channel = "chat",
                Role = (Role)random.Next(1, 4),
                State = state,
                PromisedUntil = state == ConversationState.Promised ? at.AddMinutes(random.Next(1, 5_000)) : null,
            };
        }

        return new GeneratedConversation(turns, tier);
    }

    /// <summary>What waits at <paramref name="now"/> after the turns until then.</summary>
    public IReadOnlyList<ModelItem> WaitingAt(DateTimeOffset now)
    {
        var turns = Turns.Where(turn => turn.OccurredAt <= now).ToList();
        turns.RemoveRange(0, turns.FindLastIndex(turn => turn.State is ConversationState.Closed or ConversationState.Thanked) + 1);
        var (answer, notice, escalation) = Tier switch { "gold" => (4, 1, 2), "silver" => (24, 4, 0), _ => (0, 0, 0) };
        var hasTime = answer > 0;

        var unanswered = turns[(turns.FindLastIndex(turn => turn.Role == Role.Agent || turn.State == ConversationState.Answered) + 1)..];
        var question = unanswered.Find(turn => turn.Role == Role.Customer && turn.State is ConversationState.Opened or ConversationState.Replied);
        var unkept = turns[(turns.FindLastIndex(turn => turn.State == ConversationState.Answered) + 1)..];
        var promise = unkept.FindLast(turn => turn.State == ConversationState.Promised);
        var alone = turns[(turns.FindLastIndex(turn => turn.Role != turns[^1].Role) + 1)..];
        var idea = alone.Find(turn => turn.State == ConversationState.Proposed);

        var waiting = new List<ModelItem>();
        if (question is not null && now < question.OccurredAt.AddDays(14))
        {
            waiting.Add(new($"Question {Stage(hasTime ? question.OccurredAt.AddHours(answer) : DateTimeOffset.MaxValue)}", IsWork: true));
        }

        if (promise is not null && now < promise.PromisedUntil!.Value.AddDays(14))
        {
            waiting.Add(new($"Promise {Stage(promise.PromisedUntil.Value)}", promise.Role == Role.Agent));
        }

        if (idea is not null && now < idea.OccurredAt.AddDays(14))
        {
            waiting.Add(new("Idea Waiting", idea.Role == Role.Customer));
        }

        return waiting;

        string Stage(DateTimeOffset due) =>
            (due - now).TotalHours is var left && hasTime && left <= -escalation ? "Escalated"
            : left <= 0 ? "Overdue"
            : hasTime && left <= notice ? "Due"
            : "Waiting";
    }

    private sealed class TierTimes(AnswerTimes all) : IAnswerTimes
    {
        public object Version => all;

        public AnswerTimes Of(TenantId tenant) => all;
    }
}

/// <summary>Something that waits, as the model says.</summary>
/// <param name="Text">Kind and stage, for example "Question Overdue".</param>
/// <param name="IsWork">Whether the company has to do something.</param>
public readonly record struct ModelItem(string Text, bool IsWork);
