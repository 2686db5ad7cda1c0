using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using FsCheck;
using FsCheck.Fluent;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

public sealed class PresetTests
{
    private static readonly GrantTerms Nothing = new([Support], FacetSet.None, SourceScope.None, null, null, null);
    private static readonly TenantId Mastodon = new("mastodon-example");
    private static readonly ConsentState Connected = OfAge with { Networks = [new ConnectedNetwork(Mastodon, "1001", Now)] };

    private static readonly Gen<(GrantTerms Terms, PresetUse Use)> Asked =
        from facets in Gen.Choose(0, 511)
        from named in Gen.SubListOf(AcmeCrm, GlobexShop)
        from owners in Gen.Elements(SourceOwners.None, SourceOwners.Own, SourceOwners.Mine, SourceOwners.Own | SourceOwners.Mine)
        from when in Gen.Elements<GrantWhen?>(null, GrantWhen.DuringMyConversations, GrantWhen.ThisCallOnly)
        from earlier in Gen.Elements<bool?>(null, true, false)
        from use in Gen.Elements(Enum.GetValues<PresetUse>())
        select (new GrantTerms([Support], new FacetSet(facets << 1), SourceScope.Of([], named), null, null, when, null, earlier, owners), use);

    [Theory]
    [InlineData(PresetUse.Page, "when-we-talk", 2, GrantWhen.DuringMyConversations)]
    [InlineData(PresetUse.Code, "this-call", 1, GrantWhen.ThisCallOnly)]
    [InlineData(PresetUse.Request, "this-call", 1, GrantWhen.ThisCallOnly)]
    public void Expand_NothingSaid_AllThatThePurposeHasOfOwnAndMineEarlierToo(PresetUse use, string preset, int version, GrantWhen when)
    {
        var terms = Ok(PresetRules.Expand(Nothing, use, Connected, Acme, Now));

        Assert.Equal((preset, version, when, true), (terms.Preset, terms.PresetVersion, terms.When, terms.IncludeEarlier));
        Assert.Equal(PurposeTable.Find(Support)!.Facets, terms.Facets);
        Assert.Equal(SourceScope.Of([Acme, Mastodon], [SourceId.Customer]), terms.Sources);
        Assert.False(terms.ShowWhere);
        Assert.Equal(use == PresetUse.Page ? Now.AddMonths(12) : null, terms.Until);
    }

    [Theory]
    [InlineData(PresetUse.Code)]
    [InlineData(PresetUse.Request)]
    public void Expand_AlwaysElsewhereThanOnThePage_Invalid(PresetUse use)
    {
        Assert.Equal("terms.preset", Refused(PresetRules.Expand(Nothing with { Preset = "always" }, use, OfAge, Acme, Now)).Field);
        Assert.Equal(GrantWhen.AnyTime, Ok(PresetRules.Expand(Nothing with { Preset = "always" }, PresetUse.Page, OfAge, Acme, Now)).When);
    }

    [Fact]
    public void Expand_NamedSourcesAlone_ThoseAlone() =>
        Assert.Equal(SourceScope.Of([], [GlobexShop]), Ok(PresetRules.Expand(Nothing with { Sources = SourceScope.Of([], [GlobexShop]) }, PresetUse.Page, OfAge, Acme, Now)).Sources);

    [Fact]
    public void Expand_TermsThatAreWhole_StayAsTheyAreWhateverIsAddedLater() =>
        Prop.ForAll(Arb.From(Asked), run =>
        {
            var once = Ok(PresetRules.Expand(run.Terms, run.Use, OfAge, Acme, Now));

            // A later preset file, a facet more in the purpose, a network more: nothing of it is asked again, because nothing is left open.
            Assert.NotNull(once.When);
            Assert.NotNull(once.IncludeEarlier);
            Assert.NotNull(once.PresetVersion);
            Assert.False(once.Facets.IsEmpty);
            Assert.NotEqual(0, once.Sources.Count);
            Assert.Equal(SourceOwners.None, once.Owners);
            Assert.Equal(once, Ok(PresetRules.Expand(once, run.Use, Connected, Acme, Now.AddDays(3))));
            Assert.Equal(once.Facets, PresetRules.Changed(once, Nothing, Connected, Acme).Facets);
            Assert.Equal(once.Sources, PresetRules.Changed(once, Nothing, Connected, Acme).Sources);
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void RedeemSharingCode_NetworkConnectedMeanwhile_IsNotInTheGrant()
    {
        var made = Ok(ConsentRules.CreateSharingCode(OfAge, new CreateSharingCode("r1", Acme, Nothing, TimeSpan.FromMinutes(5)), Hash("right"), Now)).State;
        var later = made with { Networks = Connected.Networks };

        var grant = Ok(ConsentRules.RedeemSharingCode(later, Customer, new RedeemSharingCode("t1", Agent(), Hash("right")), Now, Now)).Grant!;

        Assert.Equal(SourceScope.Of([Acme], [SourceId.Customer]), grant.Scope);
        Assert.Equal(("call-1", Now + Limits.Calls.Longest), (grant.Interaction, grant.Until));
    }

    [Theory]
    [InlineData("Ana", "Ana")]
    [InlineData("  Dr. O'Neil-Smith ", "Dr. O'Neil-Smith")]
    [InlineData("", null)]
    public void CallMe_LettersSpacesAndMarks_Kept(string text, string? kept) => Assert.Equal(kept, Ok(CallMe.Read(text, ["acme"])));

    [Theory]
    [InlineData("Ana<3")]
    [InlineData("A\u202ena")]
    [InlineData("Acme")]
    [InlineData("A-C-M-E")]
    [InlineData("call 0800 1")]
    [InlineData("abcdefghijklmnopqrstuvwxy")]
    public void CallMe_OtherCharactersTooLongOrACompany_Invalid(string text) => Assert.Equal("preferences.call_me", Refused(CallMe.Read(text, ["acme"])).Field);
}
