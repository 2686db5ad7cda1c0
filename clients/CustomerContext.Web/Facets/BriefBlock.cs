using CustomerContext.V1;
using CustomerContext.Web.Calls;

namespace CustomerContext.Web.Facets;

/// <summary>The brief on a screen.</summary>
/// <param name="Brief">The brief. Absent: gone dark.</param>
/// <param name="Now">Now, for ages.</param>
/// <param name="Call">The agent's call. Absent: on the customer's own page, which shows all that an agent would see.</param>
/// <param name="ArePromptsOff">The agent wants no suggestions.</param>
internal sealed record BriefBlock(Brief? Brief, DateTimeOffset Now, OpenCall? Call = null, bool ArePromptsOff = false)
{
    /// <summary>The points that are shown.</summary>
    public IEnumerable<BriefPoint> Points =>
        Brief?.Points.Where(point => Call is null || !Prompts.IsPrompt(point) || (!ArePromptsOff && !Call.IsDismissed(Prompts.KeyOf(point)))) ?? [];
}
