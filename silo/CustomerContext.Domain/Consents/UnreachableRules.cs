using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Consents;

/// <summary>What is granted and cannot be shown now, because who keeps it could not be reached in time: it is withheld, and the rest is answered.</summary>
public static class UnreachableRules
{
    /// <summary>What is left of <paramref name="decided"/> without the facets in <paramref name="unreachable"/>.</summary>
    /// <returns><see cref="RefusalReason.Unavailable"/> if nothing is left.</returns>
    public static Outcome<ReadDecision> Without(Outcome<ReadDecision> decided, FacetSet unreachable)
    {
        if (decided.Value is not { } decision)
        {
            return decided;
        }

        var left = decision.Without(unreachable, WithheldReason.Unreachable);
        return left.Slices.IsEmpty ? new Refusal(RefusalReason.Unavailable) : left;
    }
}
