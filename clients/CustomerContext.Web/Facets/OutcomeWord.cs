using CustomerContext.V1;

namespace CustomerContext.Web.Facets;

/// <summary>What somebody says came of an interaction, as a button sends it.</summary>
internal static class OutcomeWord
{
    /// <summary>What can be said, as buttons name it; the first two are what customers are asked.</summary>
    public static IReadOnlyDictionary<string, InteractionResult> Results { get; } = new Dictionary<string, InteractionResult>
    {
        ["solved"] = InteractionResult.Solved,
        ["not-solved"] = InteractionResult.NotSolved,
        ["goes-on"] = InteractionResult.GoesOn,
    };

    /// <summary>What a customer's button sends: "solved acme router,app call-1".</summary>
    public static string Say(string result, InteractionOutcome outcome) => $"{result} {outcome.Tenant} {string.Join(',', outcome.Topics)} {outcome.InteractionId}";

    /// <summary>The customer's signal for what a button sent, without id and time. Absent: it is no such word.</summary>
    public static Signal? Of(string? said) => said?.Split(' ', 4) is [var result, { Length: > 0 } company, var topics, { Length: > 0 } interaction] && Results.TryGetValue(result, out var known)
        ? new Signal { Outcome = new OutcomeSignal { Tenant = company, InteractionId = interaction, Result = known, Topics = { topics.Split(',', StringSplitOptions.RemoveEmptyEntries) } } }
        : null;

    /// <summary>The agent's signal at the end of an interaction, without id and time. Absent: nothing was said.</summary>
    public static Signal? OfAgent(string? result, IEnumerable<string> topics, string interaction, SubjectIdentifier subject) => result is not null && Results.TryGetValue(result, out var known)
        ? new Signal { Subject = subject, Outcome = new OutcomeSignal { InteractionId = interaction, Result = known, Topics = { topics.Take(MaxTopics) } } }
        : null;

    /// <summary>What an interaction may have been about: what the agent holds, what waits, and what is on the customer's mind.</summary>
    public static IReadOnlyList<string> Topics(AttentionItem? held, IEnumerable<object?> shown) =>
    [
        .. (held?.Topics ?? [])
            .Concat(shown.OfType<Attention>().SelectMany(attention => attention.Items).SelectMany(item => item.Topics))
            .Concat(shown.OfType<TopOfMind>().SelectMany(mind => mind.Topics).Select(topic => topic.Name))
            .Distinct()
            .Take(MaxTopics),
    ];

    /// <summary>Topics of one interaction.</summary>
    public const int MaxTopics = 8;
}
