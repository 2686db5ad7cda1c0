using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Attention;

/// <summary>What is still open in one conversation. Times are unix milliseconds.</summary>
/// <param name="Question">Since when the customer waits for an answer; absent if they do not.</param>
/// <param name="Promise">What somebody promised and has not done; absent if nothing.</param>
/// <param name="Idea">What somebody put forward and nobody reacted to; absent if nothing.</param>
public readonly record struct OpenEnds(long? Question, OpenPromise? Promise, OpenIdea? Idea);

/// <summary>A promise that is not kept yet.</summary>
/// <param name="By">Who promised.</param>
/// <param name="At">When.</param>
/// <param name="Until">Until when it was to be kept.</param>
public readonly record struct OpenPromise(Role By, long At, long Until);

/// <summary>An idea that nobody reacted to yet.</summary>
/// <param name="By">Who put it forward.</param>
/// <param name="At">When.</param>
public readonly record struct OpenIdea(Role By, long At);

/// <summary>
/// The one place that says what a turn does to its conversation: what it asks, answers, promises, puts forward and ends. It knows the turns that are kept, the latest 8 and with them a promise that is still to be kept, in the order of their
/// stamps; so the order in which they arrived does not matter.
/// </summary>
public static class ConversationMachine
{
    /// <summary>What is open after <paramref name="turns"/>, which ascend by stamp.</summary>
    public static OpenEnds After(ReadOnlySpan<Turn> turns)
    {
        var open = default(OpenEnds);
        foreach (ref readonly var turn in turns)
        {
            open = Next(open, turn);
        }

        return open;
    }

    /// <summary>True if no question is open after it, whatever came before.</summary>
    public static bool EndsQuestion(in Turn turn) =>
        turn.Role == Role.Agent || turn.State is ConversationState.Answered or ConversationState.Closed or ConversationState.Thanked;

    /// <summary>
    /// What is open after one more turn. Thanks and an end leave nothing open. An answer ends question and promise, whoever gives it. An agent's turn answers the question, whatever else it
    /// does. A promise takes the place of the one before. An idea is open until somebody else says something. Any other turn of the customer asks.
    /// </summary>
    private static OpenEnds Next(OpenEnds open, in Turn turn)
    {
        if (turn.State is ConversationState.Closed or ConversationState.Thanked)
        {
            return default;
        }

        var at = turn.Stamp.At;
        if (open.Idea?.By != turn.Role)
        {
            open = open with { Idea = null };
        }

        if (EndsQuestion(turn))
        {
            open = open with { Question = null };
        }

        return turn.State switch
        {
            ConversationState.Answered => open with { Promise = null },
            ConversationState.Promised => open with { Promise = new OpenPromise(turn.Role, at, turn.PromisedUntil) },
            ConversationState.Proposed => open with { Idea = open.Idea ?? new OpenIdea(turn.Role, at) },
            _ when turn.Role == Role.Customer => open with { Question = open.Question ?? at },
            _ => open,
        };
    }
}

/// <summary>How far something that waits has come. The numbers are those of the public contract.</summary>
public enum AttentionStage
{
    /// <summary>It waits; no time is set for it, or the time is far.</summary>
    Waiting = 1,

    /// <summary>Its time is nearly over.</summary>
    Due = 2,

    /// <summary>Its time is over.</summary>
    Overdue = 3,

    /// <summary>Its time has been over for so long that others have to see to it.</summary>
    Escalated = 4,
}

/// <summary>When something is due.</summary>
/// <param name="Notice">From when on it is nearly so; absent of customers without an answer time.</param>
/// <param name="Due">From when on it is overdue.</param>
/// <param name="Escalation">From when on it is escalated; absent of customers without an answer time.</param>
[GenerateSerializer, Immutable, Alias("Deadline")]
public sealed record Deadline(
    [property: Id(0)] DateTimeOffset? Notice, [property: Id(1)] DateTimeOffset Due, [property: Id(2)] DateTimeOffset? Escalation)
{
    /// <summary>The same, so much earlier.</summary>
    public Deadline Earlier(TimeSpan by) => new(Notice - by, Due - by, Escalation - by);
}

/// <summary>When something is due, and how far it has come by a given instant.</summary>
public static class StageRules
{
    /// <summary>The deadline of what is due at <paramref name="due"/>, of a customer with this answer time; absent: with none, and then only what was promised is ever overdue.</summary>
    public static Deadline DeadlineOf(DateTimeOffset due, AnswerTime? time) => new(due - time?.Notice, due, due + time?.Escalation);

    /// <summary>How far something is at <paramref name="now"/>.</summary>
    public static AttentionStage At(Deadline? deadline, DateTimeOffset now) =>
        now >= deadline?.Escalation ? AttentionStage.Escalated
        : now >= deadline?.Due ? AttentionStage.Overdue
        : now >= deadline?.Notice ? AttentionStage.Due
        : AttentionStage.Waiting;

    /// <summary>True if it is told no more, and counts as given up: of a promise <paramref name="from"/> is when it was to be kept, of anything else since when it waits.</summary>
    public static bool IsGivenUp(DateTimeOffset from, DateTimeOffset now) => now - from >= Limits.Attention.GivenUpAfter;
}
