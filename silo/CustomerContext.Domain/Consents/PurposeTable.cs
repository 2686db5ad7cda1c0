using System.Collections.Frozen;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Consents;

/// <summary>One purpose: on what ground it stands and which facets it may ever see, whatever is granted.</summary>
/// <param name="Purpose">Its name: area and use, for example <c>service.support</c>.</param>
/// <param name="Basis">Consent throughout: nothing is read without a grant. It is stated because a receipt must state it.</param>
/// <param name="Facets">The facets open to it.</param>
/// <param name="IsOutreach">True if the tenant turns to the customer unasked; "leave me alone" stops it.</param>
public sealed record PurposeRule(Purpose Purpose, LawfulBasis Basis, FacetSet Facets, bool IsOutreach);

/// <summary>
/// Which purposes exist. How somebody feels, whom they know and how much their voice counts (SENTIMENT, NETWORK, TRIBES, INFLUENCE) may help to
/// serve them, and is closed to
/// everything else: price, credit, eligibility, employment, insurance and collections above all. A purpose that is not here sees nothing.
/// </summary>
public static class PurposeTable
{
    private static readonly FacetSet Matters = FacetSet.Of(Facet.TopOfMind, Facet.Conversations, Facet.Situation, Facet.Help, Facet.Attention);

    private static readonly FrozenDictionary<Purpose, PurposeRule> Rules = new PurposeRule[]
    {
        Rule("service.support", FacetSet.All),
        Rule("service.complaint", FacetSet.All),
        Rule("service.onboarding", FacetSet.All),
        Rule("service.outreach", FacetSet.All, isOutreach: true),
        Rule("sales.advice", Matters),
        Rule("marketing.offer", FacetSet.Of(Facet.TopOfMind, Facet.Situation), isOutreach: true),
        Rule("insurance.claims", FacetSet.Of(Facet.Conversations, Facet.Situation, Facet.Attention)),
        Rule("credit.eligibility", FacetSet.Of(Facet.Situation)),
        Rule("credit.collections", FacetSet.Of(Facet.Situation)),
    }.ToFrozenDictionary(rule => rule.Purpose);

    /// <summary>Every purpose, in the order of their names.</summary>
    public static IEnumerable<PurposeRule> All => Rules.Values.OrderBy(rule => rule.Purpose.Value, StringComparer.Ordinal);

    /// <summary>The rule of <paramref name="purpose"/>; absent if there is no such purpose.</summary>
    public static PurposeRule? Find(Purpose purpose) => Rules.GetValueOrDefault(purpose);

    private static PurposeRule Rule(string name, FacetSet facets, bool isOutreach = false) => new(new Purpose(name), LawfulBasis.Consent, facets, isOutreach);
}
