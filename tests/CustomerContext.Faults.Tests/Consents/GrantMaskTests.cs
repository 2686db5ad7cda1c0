using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Faults.Tests.Consents;

/// <summary>A change of a grant is about the fields that its mask names, and about no others.</summary>
public sealed class GrantMaskTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    [Fact]
    public async Task UpdateGrant_WithAMask_ChangesWhatItNamesAndNothingElse()
    {
        const string email = "masked@example.org";
        var grant = Assert.Single(await running.Client.MakeCustomer(email, "acme"));
        var before = (await running.Client.Consents.GetGrantAsync(new GetGrantRequest { GrantId = grant }, running.Client.AsCustomer(email))).Grant.Terms;
        var until = TimeProvider.System.GetUtcNow().AddDays(3).ToTimestamp();

        var shorter = await Update(email, grant, new GrantTerms { UntilTime = until, ShowWhere = true }, "until_time");
        Assert.Equal(new GrantTerms(before) { UntilTime = until }, shorter);

        var later = await Update(email, grant, new GrantTerms { Facets = { Facet.Sentiment } }, "include_earlier", "facets");
        Assert.Equal((false, Facet.Sentiment, until), (later.IncludeEarlier, Assert.Single(later.Facets), later.UntilTime));
        Assert.True((await Update(email, grant, new GrantTerms { ShowWhere = true }, "show_where")).ShowWhere);
        Assert.Equal([SourceOwner.Own], (await Update(email, grant, new GrantTerms { Owners = { SourceOwner.Own } }, "owners")).Owners);
    }

    [Theory]
    [InlineData("*", "update_mask")]
    [InlineData("preset", "update_mask")]
    [InlineData("interaction_id", "update_mask")]
    [InlineData("facets", "terms.facets")]
    [InlineData("sources", "terms.sources")]
    [InlineData("purposes", "terms.purposes")]
    public async Task UpdateGrant_AMaskThatNamesWhatCannotBe_Invalid(string path, string field)
    {
        const string email = "masked-badly@example.org";
        var grant = Assert.Single(await running.Client.MakeCustomer(email, "acme"));

        await Refusals.Invalid(field, () => Update(email, grant, new GrantTerms(), path));
    }

    private async Task<GrantTerms> Update(string email, string grant, GrantTerms terms, params string[] mask)
    {
        var request = new UpdateGrantRequest { RequestId = Requests.NewId(), GrantId = grant, Terms = terms, UpdateMask = new FieldMask { Paths = { mask } } };
        return (await running.Client.Consents.UpdateGrantAsync(request, running.Client.AsCustomer(email))).Grant.Terms;
    }
}
