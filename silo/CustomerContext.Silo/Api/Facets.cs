using CustomerContext.Domain.Common;
using Google.Protobuf.Collections;

namespace CustomerContext.Silo.Api;

/// <summary>Facets of the contract and of the domain have the same numbers.</summary>
internal static class Facets
{
    /// <summary>The facets asked for; none means all.</summary>
    public static Outcome<FacetSet> Read(RepeatedField<V1.Facet> facets, string field)
    {
        var set = FacetSet.None;
        for (var i = 0; i < facets.Count; i++)
        {
            var facet = (Facet)facets[i];
            if (!Enum.IsDefined(facet))
            {
                return new Refusal(RefusalReason.InvalidArgument, $"{field}[{i}]", "must be a facet");
            }

            set = set.Union(FacetSet.Of(facet));
        }

        return set.IsEmpty ? FacetSet.All : set;
    }

    /// <summary>The same facets in the contract.</summary>
    public static IEnumerable<V1.Facet> ToProto(FacetSet facets) => facets.Each().Select(facet => (V1.Facet)facet);
}
