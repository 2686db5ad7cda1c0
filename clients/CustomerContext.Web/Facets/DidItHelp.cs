using CustomerContext.V1;

namespace CustomerContext.Web.Facets;

/// <summary>The question whether a resource helped: a page of help, or where a question was answered.</summary>
/// <param name="Resource">Its address.</param>
/// <param name="Topics">With what; at least one, else the answer would say nothing.</param>
internal sealed record DidItHelp(string Resource, IReadOnlyList<string> Topics)
{
    /// <summary>What a button for this answer sends: "yes router,app https://help.example.org/reset".</summary>
    public string Say(bool helped) => $"{(helped ? "yes" : "no")} {string.Join(',', Topics)} {Resource}";

    /// <summary>The signal for what a button sent, without subject, id and time. Absent: it is no such answer.</summary>
    public static Signal? Of(string? said) => said?.Split(' ', 3) is ["yes" or "no", { Length: > 0 } topics, { Length: > 0 } resource]
        ? new Signal
        {
            Behaviour = new BehaviourSignal
            {
                Resource = resource,
                Action = said.StartsWith('y') ? BehaviourAction.Helped : BehaviourAction.DidNotHelp,
                Topics = { topics.Split(',') },
            },
        }
        : null;
}
