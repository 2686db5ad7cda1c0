using CustomerContext.V1;
using CustomerContext.Web.Facets;

namespace CustomerContext.Web.Consent;

/// <summary>A grant as the customer's page shows it.</summary>
/// <param name="Grant">The grant.</param>
/// <param name="LastLook">When it was last used. Absent: never, or longer ago than the page looks back.</param>
internal sealed record GrantCard(Grant Grant, DateTimeOffset? LastLook)
{
    /// <summary>What it shows, in the order of all pages.</summary>
    public IEnumerable<Facet> Facets => FacetBlock.Order.Where(Grant.Terms.Facets.Contains);
}
