using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Tests.Customers;
using FsCheck;
using FsCheck.Fluent;
using static CustomerContext.Domain.Tests.Briefs.Given;

namespace CustomerContext.Domain.Tests.Briefs;

/// <summary>A brief is made of what is shown and of nothing else: whatever is hidden, it stays the same.</summary>
public sealed class BriefProperties
{
    private static readonly ContextView _acmes =
        ContextView.Of([new SourceWindow(SourceScope.Of([new TenantId("acme")], [SourceId.Customer]), DateTimeOffset.MinValue)]);

    private static readonly Gen<(int Seed, int Bits)> _cases = from seed in Gen.Choose(0, 1_000_000) from bits in Gen.Choose(1, 255) select (seed, bits);

    [Fact]
    public void Of_SourcesThatAreNotGranted_ChangeNothing() => Prop.ForAll(Arb.From(_cases), run =>
    {
        var signals = Histories.Of(run.Seed).Where(signal => signal.Signal is not TraitSignal).ToList();
        var facets = FacetsOf(run.Bits);

        var with = Shown(Customers.Given.State(signals), facets, _acmes);
        var without = Shown(Customers.Given.State(signals.Where(signal => signal.Signal.Source.Tenant?.Value != "globex")), facets, _acmes);

        Assert.Equal(Said(without), Said(with));
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Of_FacetsThatAreNotShown_ChangeNothing() => Prop.ForAll(Arb.From(_cases), run =>
    {
        var facets = FacetsOf(run.Bits);
        var shown = Shown(Customers.Given.State(Histories.Of(run.Seed)), facets, groups: Around(MoodWord.Good));
        var others = Shown(Customers.Given.State(Histories.Of(run.Seed + 1)), facets, groups: Around(MoodWord.Low));

        Assert.Equal(Said(shown), Said(shown with { Parts = [Mixed(shown.Parts[0], others.Parts[0])] }));
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Of_Anything_NoPointSaysWhatTheHeadlineSays() => Prop.ForAll(Arb.From(_cases), run =>
    {
        var shown = Shown(Customers.Given.State(Histories.Of(run.Seed)), FacetsOf(run.Bits), groups: Around(MoodWord.Good));

        Assert.DoesNotContain(Headline(shown).TrimEnd('.'), Texts(shown));
    }).Check(Config.QuickThrowOnFailure);

    /// <summary>The shown facets of one, the hidden ones of another.</summary>
    private static ShownPart Mixed(ShownPart shown, ShownPart hidden)
    {
        ShownPart Of(Facet facet) => shown.Facets.Contains(facet) ? shown : hidden;

        return shown with
        {
            Snapshot = new ContextSnapshot(
                shown.Snapshot.AsOf,
                shown.Snapshot.GoodUntil,
                Of(Facet.Sentiment).Snapshot.Sentiment,
                Of(Facet.TopOfMind).Snapshot.TopOfMind,
                Of(Facet.Conversations).Snapshot.Conversations,
                Of(Facet.Situation).Snapshot.Situation)
            {
                Outcomes = Of(Facet.Conversations).Snapshot.Outcomes,
            },
            Waiting = Of(Facet.Attention).Waiting,
            Groups = Of(Facet.Network).Groups! with { Tribes = Of(Facet.Tribes).Groups!.Tribes, Influence = Of(Facet.Influence).Groups!.Influence },
        };
    }

    /// <summary>Any of the facets but HELP, at least one.</summary>
    private static FacetSet FacetsOf(int bits) => new(((bits & 127) << 1) | ((bits & 128) << 2));

    private static string Said(ShownContext shown) => Customers.Given.Text(Brief(shown)) + Headline(shown) + string.Join('\n', Texts(shown));
}
