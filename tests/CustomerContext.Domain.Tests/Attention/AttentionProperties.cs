using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Signals;
using CustomerContext.Testing;
using static CustomerContext.Domain.Tests.Attention.Given;
using Base = CustomerContext.Domain.Tests.Customers.Given;

namespace CustomerContext.Domain.Tests.Attention;

/// <summary>
/// Generated conversations on a moved clock, beside a model that shares no code with the machine: it knows no steps and looks each thing up in the list of all turns, as the contract defines it.
/// </summary>
public sealed class AttentionProperties
{
    private const int Hours = 20 * 24;

    private static readonly string?[] _tiers = [null, "basic", "silver", "gold"];

    private static readonly AnswerTimes _times = new(
        [new AnswerTime("gold", TimeSpan.FromHours(4), TimeSpan.FromHours(1), TimeSpan.FromHours(2)), new AnswerTime("silver", TimeSpan.FromHours(24), TimeSpan.FromHours(4), TimeSpan.Zero)]);

    [Fact]
    public void Of_AnyConversation_DueOverdueAndEscalatedAtEveryHourAsTheModelSays()
    {
        var random = new Random(Trials.Seed);
        var seen = new HashSet<string>();
        var count = Trials.Count("CC_CONVERSATIONS", 300);
        for (var number = 0; number < count; number++)
        {
            var tier = _tiers[random.Next(_tiers.Length)];
            var turns = Conversation(random);
            var signals = turns.Append(tier is null ? null : Tier(tier)).OfType<ScoredSignal>().ToArray();
            random.Shuffle(signals);
            var state = Base.State(signals);
            for (var hour = 0; hour <= Hours; hour++)
            {
                var now = Monday.AddHours(hour);
                var (expected, actual) = (Model(turns, tier, now), state.Waiting(now, new Times(_times)).Order());
                Assert.True(expected.SequenceEqual(actual), $"conversation {number}, tier {tier}, hour {hour}: {string.Join(", ", actual)}, not {string.Join(", ", expected)}");
                seen.UnionWith(expected);
            }
        }

        // The generator reaches whatever the machine can say of two tiers with times and two without.
        Assert.Equal(9, seen.Count);
    }

    private static ScoredSignal[] Conversation(Random random)
    {
        // At most as many turns as are kept: which ones leave when there are more is the conversations' own test.
        var turns = new ScoredSignal[random.Next(1, Limits.Customers.Turns + 1)];
        var at = Monday;
        for (var i = 0; i < turns.Length; i++)
        {
            at = at.AddMinutes(random.Next(1, random.Next(2) == 0 ? 120 : 2_000));
            var state = (ConversationState)random.Next(1, 8);
            turns[i] = Turn(at, (Role)random.Next(1, 4), state, state == ConversationState.Promised ? at.AddMinutes(random.Next(1, 5_000)) : null);
        }

        return turns;
    }

    private static string[] Model(ScoredSignal[] all, string? tier, DateTimeOffset now)
    {
        var turns = all.Select(signal => (ConversationSignal)signal.Signal).ToList();
        turns.RemoveRange(0, turns.FindLastIndex(turn => turn.State is ConversationState.Closed or ConversationState.Thanked) + 1);
        var (answer, notice, escalation) = tier switch { "gold" => (4, 1, 2), "silver" => (24, 4, 0), _ => (0, 0, 0) };
        var hasTime = answer > 0;

        var unanswered = turns[(turns.FindLastIndex(turn => turn.Role == Role.Agent || turn.State == ConversationState.Answered) + 1)..];
        var question = unanswered.Find(turn => turn.Role == Role.Customer && turn.State is ConversationState.Opened or ConversationState.Replied);
        var unkept = turns[(turns.FindLastIndex(turn => turn.State == ConversationState.Answered) + 1)..];
        var promise = unkept.FindLast(turn => turn.State == ConversationState.Promised);
        var alone = turns[(turns.FindLastIndex(turn => turn.Role != turns[^1].Role) + 1)..];
        var idea = alone.Find(turn => turn.State == ConversationState.Proposed);

        var waiting = new List<string>();
        if (question is not null && now < question.OccurredAt.AddDays(14))
        {
            waiting.Add($"Question {Stage(hasTime ? question.OccurredAt.AddHours(answer) : DateTimeOffset.MaxValue)}");
        }

        if (promise is not null && now < promise.PromisedUntil!.Value.AddDays(14))
        {
            waiting.Add($"Promise {Stage(promise.PromisedUntil.Value)}");
        }

        if (idea is not null && now < idea.OccurredAt.AddDays(14))
        {
            waiting.Add("Idea Waiting");
        }

        return [.. waiting.Order()];

        string Stage(DateTimeOffset due) =>
            (due - now).TotalHours is var left && hasTime && left <= -escalation ? "Escalated"
            : left <= 0 ? "Overdue"
            : hasTime && left <= notice ? "Due"
            : "Waiting";
    }
}
