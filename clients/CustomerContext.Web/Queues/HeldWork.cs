using CustomerContext.V1;

namespace CustomerContext.Web.Queues;

/// <summary>A piece of work that the agent of a call has claimed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Item">What waits, as the customer lets it be seen. Personal data.</param>
/// <param name="Until">Until when nobody else can claim it.</param>
/// <param name="People">Other customers who could answer and may be contacted. Personal data.</param>
internal sealed record HeldWork(string Id, AttentionItem Item, DateTimeOffset Until, IReadOnlyList<HelpfulPerson> People)
{
    /// <summary>As the silo answered a claim.</summary>
    public static HeldWork Of(ClaimWorkResponse claimed) => new(claimed.Work.WorkId, claimed.Item, claimed.Work.ClaimUntilTime.ToDateTimeOffset(), claimed.People);
}

/// <summary>A held piece of work as a part of a page.</summary>
/// <param name="Work">Absent: none is held.</param>
/// <param name="Now">Now, for ages.</param>
internal sealed record HeldBlock(HeldWork? Work, DateTimeOffset Now)
{
    /// <summary>Ways to end it; the values of the form.</summary>
    public static IReadOnlyList<string> Ends { get; } = [Done, NotNeeded, Return, Escalate];

    /// <summary>It is done.</summary>
    public const string Done = "done";

    /// <summary>Nothing has to be done.</summary>
    public const string NotNeeded = "not-needed";

    /// <summary>Somebody else shall do it.</summary>
    public const string Return = "return";

    /// <summary>Those who see to what is escalated shall do it.</summary>
    public const string Escalate = "escalate";

    /// <summary>The agent needs more time.</summary>
    public const string Prolong = "prolong";
}
