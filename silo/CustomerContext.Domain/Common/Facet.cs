using Orleans;

namespace CustomerContext.Domain.Common;

/// <summary>A consentable slice of the context. The numbers are those of the public contract.</summary>
public enum Facet
{
    /// <summary>Score, confidence, horizons, trend.</summary>
    Sentiment = 1,

    /// <summary>Topics, likes and dislikes.</summary>
    TopOfMind = 2,

    /// <summary>The latest conversations.</summary>
    Conversations = 3,

    /// <summary>Wanted outcome, "please do not", traits.</summary>
    Situation = 4,

    /// <summary>Mood of friends.</summary>
    Network = 5,

    /// <summary>Mood of tribes.</summary>
    Tribes = 6,

    /// <summary>How much the customer's voice counts.</summary>
    Influence = 7,

    /// <summary>What helped people like this customer.</summary>
    Help = 8,

    /// <summary>What is overdue.</summary>
    Attention = 9,
}

/// <summary>A set of facets, as one bit each; enumerates in the order of the facets' numbers.</summary>
[GenerateSerializer, Immutable, Alias("FacetSet")]
public readonly record struct FacetSet([property: Id(0)] int Bits)
{
    /// <summary>No facet.</summary>
    public static FacetSet None { get; } = new(0);

    /// <summary>Every facet there is.</summary>
    public static FacetSet All { get; } = Of(Enum.GetValues<Facet>());

    /// <summary>True if there is none.</summary>
    public bool IsEmpty => Bits == 0;

    /// <summary>The set of <paramref name="facets"/>; repeats count once.</summary>
    public static FacetSet Of(params ReadOnlySpan<Facet> facets)
    {
        var bits = 0;
        foreach (var facet in facets)
        {
            bits |= 1 << (int)facet;
        }

        return new FacetSet(bits);
    }

    /// <summary>True if <paramref name="facet"/> is in the set.</summary>
    public bool Contains(Facet facet) => (Bits & (1 << (int)facet)) != 0;

    /// <summary>Facets in either set.</summary>
    public FacetSet Union(FacetSet other) => new(Bits | other.Bits);

    /// <summary>Facets in both sets.</summary>
    public FacetSet Intersect(FacetSet other) => new(Bits & other.Bits);

    /// <summary>Facets of this set that are not in <paramref name="other"/>.</summary>
    public FacetSet Except(FacetSet other) => new(Bits & ~other.Bits);

    /// <summary>The facets, in the order of their numbers.</summary>
    public IEnumerable<Facet> Each()
    {
        for (var facet = Facet.Sentiment; facet <= Facet.Attention; facet++)
        {
            if (Contains(facet))
            {
                yield return facet;
            }
        }
    }
}
