using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using FsCheck;
using FsCheck.Fluent;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

/// <summary>Two customers who are one person: what is shown is what both allow, and the undoing leaves no trace in what each allows.</summary>
public sealed class MergeProperties
{
    private static readonly CustomerKey Other = new("ffeeddccbbaa99887766554433221100");
    private static readonly SourceId[] Sources = [AcmeCrm, SourceId.Of(Acme, "chat"), GlobexShop, SourceId.Customer];

    private static readonly Gen<GrantTerms> AnyTerms =
        from facets in Gen.Choose(1, 511)
        from when in Gen.Elements(Enum.GetValues<GrantWhen>())
        from sources in Gen.SubListOf(Sources)
        from includeEarlier in Gen.Elements(true, false)
        from start in Gen.Choose(0, 5)
        from hours in Gen.Choose(1, 20)
        select new GrantTerms(
            [Support], new FacetSet(facets << 1), SourceScope.Of([], sources), Now.AddHours(start), Now.AddHours(start + (when == GrantWhen.ThisCallOnly ? Math.Min(hours, 4) : hours)), when,
            null, includeEarlier, sources.Count == 0 ? SourceOwners.Own : SourceOwners.None);

    private static readonly Gen<(ConsentState One, ConsentState Two, ReadRequest Request, TalkTimes? Open, DateTimeOffset At)> Cases =
        from one in Gen.ListOf(AnyTerms, 4)
        from two in Gen.ListOf(AnyTerms, 4)
        from facets in Gen.Choose(1, 511)
        from open in Gen.Elements(null, Talking)
        from hour in Gen.Choose(0, 12)
        select (Build(Customer, one), Build(Other, two), Read(new FacetSet(facets << 1)), open, Now.AddHours(hour));

    [Fact]
    public void Both_AnyConsents_ShowsExactlyWhatEachShowsAndFromTheLaterStart() =>
        Prop.ForAll(Arb.From(Cases), run =>
        {
            var (one, two, both) = Decided(run.One, run.Two, run);
            foreach (var facet in Enum.GetValues<Facet>())
            {
                foreach (var source in Sources)
                {
                    var (mine, theirs) = (Since(one, facet, source), Since(two, facet, source));
                    Assert.Equal(mine is null || theirs is null ? null : mine > theirs ? mine : theirs, Since(both, facet, source));
                }
            }
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Both_TheOtherWayRound_IsTheSame() =>
        Prop.ForAll(Arb.From(Cases), run =>
        {
            var (_, _, both) = Decided(run.One, run.Two, run);
            var (_, _, turned) = Decided(run.Two, run.One, run);
            Assert.Equal(both.Refusal, turned.Refusal);
            Assert.Equal(both.Value?.Facets, turned.Value?.Facets);
            Assert.Equal(both.Value?.ValidUntil, turned.Value?.ValidUntil);
            Assert.Equal(both.Value?.Grants.Order(ById), turned.Value?.Grants.Order(ById));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Both_WhatIsShownAndWhatIsWithheld_IsWhatWasAsked() =>
        Prop.ForAll(Arb.From(Cases), run =>
        {
            var (_, _, both) = Decided(run.One, run.Two, run);
            if (both.Value is { } shown)
            {
                var withheld = FacetSet.Of([.. shown.Withheld.Select(item => item.Facet)]);
                Assert.True(shown.Facets.Intersect(withheld).IsEmpty);
                Assert.Equal(run.Request.Facets, shown.Facets.Union(withheld));
            }
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Detach_AfterAMerge_LeavesConsentAsItWas() =>
        Prop.ForAll(Arb.From(Cases), run =>
        {
            var merged = Ok(ConsentRules.AcceptMerge(run.One, new Merge(Other, "key", Now))).State;
            var undone = ConsentRules.Detach(merged, "key").State;

            Assert.Equal(run.One with { Epoch = undone.Epoch }, undone);
            var before = ReadRules.Decide(run.One, run.Request, run.Open, run.At);
            var after = ReadRules.Decide(undone, run.Request, run.Open, run.At);
            Assert.Equal(before.Refusal, after.Refusal);
            Assert.Equal(before.Value?.Slices.Select(slice => (slice.Facets, slice.View)), after.Value?.Slices.Select(slice => (slice.Facets, slice.View)));
        }).Check(Config.QuickThrowOnFailure);

    private static Comparer<GrantId> ById { get; } = Comparer<GrantId>.Create((one, other) => string.CompareOrdinal(one.Value, other.Value));

    private static (Outcome<ReadDecision> One, Outcome<ReadDecision> Two, Outcome<ReadDecision> Both) Decided(
        ConsentState one, ConsentState two, (ConsentState, ConsentState, ReadRequest Request, TalkTimes? Open, DateTimeOffset At) run)
    {
        var (first, second) = (ReadRules.Decide(one, run.Request, run.Open, run.At), ReadRules.Decide(two, run.Request, run.Open, run.At));
        return (first, second, MergeRules.Both(first, second));
    }

    private static DateTimeOffset? Since(Outcome<ReadDecision> outcome, Facet facet, SourceId source) =>
        outcome.Value?.Slices.SingleOrDefault(slice => slice.Facets.Contains(facet))?.View.Since(source);

    private static ConsentState Build(CustomerKey customer, IEnumerable<GrantTerms> grants) => grants
        .Select((terms, i) => new CreateGrant($"r{i}", Acme, terms))
        .Aggregate(OfAge, (state, grant) => Ok(ConsentRules.CreateGrant(state, customer, grant, Now)).State);
}
