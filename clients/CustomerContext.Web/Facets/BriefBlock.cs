using CustomerContext.V1;

namespace CustomerContext.Web.Facets;

/// <summary>The brief on a screen.</summary>
/// <param name="Brief">The brief. Absent: gone dark.</param>
/// <param name="Now">Now, for ages.</param>
internal sealed record BriefBlock(Brief? Brief, DateTimeOffset Now);
