using CustomerContext.V1;
using CustomerContext.Web.Facets;

namespace CustomerContext.Web.Joins;

/// <summary>The optional questions after a yes: each answer is one press, and becomes a signal of the customer's own.</summary>
internal static class JoinAnswers
{
    private const string Topic = "topic";

    /// <summary>The questions in their order, each with its answers.</summary>
    public static IReadOnlyList<(string Question, string[] Answers)> Questions { get; } =
    [
        (Topic, ["delivery", "invoice", "contract", "defect", "connection", "refund"]),
        ("wanted_outcome", ["repair", "replacement", "refund", "information"]),
        ("please_do_not", ["ask_again", "sell", "transfer", "call"]),
    ];

    /// <summary>The signal of an answer, "please_do_not:call_back". Absent: it is none of the answers.</summary>
    public static Signal? Of(string? answer, string conversation, DateTimeOffset now)
    {
        if (answer?.Split(':', 2) is not [var question, var value] || !Questions.Any(one => one.Question == question && one.Answers.Contains(value)))
        {
            return null;
        }

        var signal = question == Topic
            ? new Signal
            {
                Conversation = new ConversationSignal
                {
                    ConversationId = $"join-{conversation}",
                    Channel = "web",
                    Role = ParticipantRole.Customer,
                    State = ConversationState.Opened,
                    Topics = { value },
                },
            }
            : new Signal { Trait = new TraitSignal { Name = question, Value = value } };
        return Correction.Stamp(signal, now);
    }
}
