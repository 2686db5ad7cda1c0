using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Domain.Tests.Consents;

public sealed class PurposeTableTests
{
    private static readonly FacetSet Personal = FacetSet.Of(Facet.Sentiment, Facet.Network, Facet.Tribes, Facet.Influence);

    [Fact]
    public void All_PersonalFacets_OnlyForService() =>
        Assert.All(PurposeTable.All, rule =>
            Assert.True(rule.Purpose.Value.StartsWith("service.", StringComparison.Ordinal) || rule.Facets.Intersect(Personal).IsEmpty, rule.Purpose.Value));

    [Fact]
    public void All_EveryPurpose_HasANameOfTwoPartsAndSomethingToSee() =>
        Assert.All(PurposeTable.All, rule =>
        {
            Assert.Matches("^[a-z]+\\.[a-z]+$", rule.Purpose.Value);
            Assert.False(rule.Facets.IsEmpty);
            Assert.True(Enum.IsDefined(rule.Basis));
        });

    [Fact]
    public void Find_Unknown_Absent() => Assert.Null(PurposeTable.Find(new Purpose("employment.screening")));
}
