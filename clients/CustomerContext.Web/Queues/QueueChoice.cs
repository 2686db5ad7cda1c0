using CustomerContext.V1;

namespace CustomerContext.Web.Queues;

/// <summary>Which work of a company an agent looks through.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="Name">The queue's name in addresses: "all", "first" or "escalated".</param>
internal sealed record QueueChoice(string Purpose, string Name)
{
    private static readonly Dictionary<string, WorkQueue> _queues = new()
    {
        ["all"] = WorkQueue.Unspecified,
        ["first"] = WorkQueue.First,
        ["escalated"] = WorkQueue.Escalated,
    };

    /// <summary>The names of all queues, the usual one first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["all", "first", "escalated"];

    /// <summary>The same for the silo.</summary>
    public WorkQueue Queue => _queues[Name];

    /// <summary>Its page.</summary>
    public string Page => $"/agent/queue?purpose={Purpose}&queue={Name}";

    /// <summary>What that page hears of.</summary>
    public string Live => $"/agent/queue/live?purpose={Purpose}&queue={Name}";

    /// <summary>As an address says; what is left out is the usual. Absent: it is no choice for agents.</summary>
    public static QueueChoice? Of(string? purpose, string? queue) =>
        Pages.Agent.IndexModel.PurposeOf(purpose) is { } known && _queues.ContainsKey(queue is { Length: > 0 } ? queue : Names[0])
            ? new QueueChoice(known, queue is { Length: > 0 } ? queue : Names[0])
            : null;
}

/// <summary>What waits, as a part of the page.</summary>
/// <param name="Works">The most urgent first.</param>
/// <param name="IsMore">More waits than is shown.</param>
/// <param name="Mine">What this sign-in holds.</param>
/// <param name="Now">Now, for ages.</param>
internal sealed record QueueBlock(IReadOnlyList<Work> Works, bool IsMore, IReadOnlyList<(string Call, HeldWork Held)> Mine, DateTimeOffset Now)
{
    /// <summary>At most so many are shown: the queue is worked from its top.</summary>
    public const int MaxShown = 50;

    /// <summary>The call in which this sign-in holds it. Absent: it does not, or its time with it is over.</summary>
    public string? CallOf(Work work) => Mine.FirstOrDefault(mine => mine.Held.Id == work.WorkId && mine.Held.Until == work.ClaimUntilTime?.ToDateTimeOffset()).Call;
}
