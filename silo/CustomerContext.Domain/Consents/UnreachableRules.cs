using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Consents;

/// <summary>What is granted and cannot be shown now, because who keeps it could not be reached in time: it is withheld, and the rest is answered.</summary>
public static class UnreachableRules
{
    /// <summary>What is left of <paramref name="decided"/> without the facets in <paramref name="unreachable"/>.</summary>
    /// <returns><see cref="RefusalReason.Unavailable"/> if nothing is left.</returns>
    public static Outcome<ReadDecision> Without(Outcome<ReadDecision> decided, FacetSet unreachable)
    {
        if (decided.Value is not { } decision || decision.Facets.Intersect(unreachable) is not { IsEmpty: false } lost)
        {
            return decided;
        }

        var left = decision.Slices
            .Select(slice => slice with { Facets = slice.Facets.Except(lost) })
            .Where(slice => !slice.Facets.IsEmpty)
            .ToArray();
        if (left.Length == 0)
        {
            return new Refusal(RefusalReason.Unavailable);
        }

        var withheld = decision.Withheld.Concat(lost.Each().Select(facet => new WithheldFacet(facet, WithheldReason.Unreachable)));
        return decision with
        {
            Slices = [.. left],
            Withheld = [.. withheld.OrderBy(one => one.Facet)],
        };
    }
}
