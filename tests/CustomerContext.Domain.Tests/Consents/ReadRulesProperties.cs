using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Interactions;
using FsCheck;
using FsCheck.Fluent;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

/// <summary>The decision against a model that asks, fact by fact, whether any single grant opens it.</summary>
public sealed class ReadRulesProperties
{
    private static readonly SourceId[] Sources = [AcmeCrm, SourceId.Of(Acme, "chat"), GlobexShop, SourceId.Customer];
    private static readonly Purpose[] Purposes = [Support, Offer];

    private static readonly Gen<(GrantTerms Terms, TenantId Tenant, int AgeHours, bool Revoked)> Grants =
        from facets in Gen.Choose(1, 511)
        from when in Gen.Elements(Enum.GetValues<GrantWhen>())
        from sources in Gen.SubListOf(Sources)
        from purpose in Gen.Elements(Purposes)
        from tenant in Gen.Frequency((4, Gen.Constant(Acme)), (1, Gen.Constant(Globex)))
        from interaction in Gen.Elements<string?>(null, "call-1", "call-2")
        from includeEarlier in Gen.Elements(true, false)
        from start in Gen.Choose(0, 20)
        from hours in Gen.Choose(1, 20)
        from revoked in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        let open = PurposeTable.Find(purpose)!.Facets.Intersect(new FacetSet(facets << 1))
        select (
            new GrantTerms(
                [purpose], open.IsEmpty ? PurposeTable.Find(purpose)!.Facets : open, SourceScope.Of([], sources), Now.AddHours(start),
                Now.AddHours(start + (when == GrantWhen.ThisCallOnly ? Math.Min(hours, 4) : hours)), when,
                when == GrantWhen.ThisCallOnly ? interaction : null, includeEarlier, sources.Count == 0 ? SourceOwners.Own : SourceOwners.None),
            tenant, start, revoked);

    private static readonly Gen<(ConsentState State, ReadRequest Request, bool IsOpen, DateTimeOffset At)> Cases =
        from grants in Gen.ListOf(Grants, 6)
        from facets in Gen.Choose(1, 511)
        from purpose in Gen.Elements(Purposes)
        from isOpen in Gen.Elements(true, false)
        from hour in Gen.Choose(0, 40)
        select (Build(grants), Read(new FacetSet(facets << 1), purpose), isOpen, Now.AddHours(hour));

    [Fact]
    public void Decide_AnyGrants_OpensEachFacetSourceAndTimeIfAndOnlyIfOneGrantDoes() =>
        Prop.ForAll(Arb.From(Cases), run =>
        {
            var outcome = ReadRules.Decide(run.State, run.Request, run.IsOpen ? Talking : null, run.At);
            foreach (var facet in Enum.GetValues<Facet>())
            {
                foreach (var source in Sources)
                {
                    Assert.Equal(Expected(run, facet, source), Actual(outcome, facet, source));
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Decide_AnyGrants_SaysTheSameUntilItsValidUntil() =>
        Prop.ForAll(Arb.From(Cases), run =>
        {
            if (ReadRules.Decide(run.State, run.Request, run.IsOpen ? Talking : null, run.At).Value is { } decision)
            {
                // The look itself binds what waited for it.
                var looked = CallRules.Touch(run.State, run.Request, "a9", decision, run.At);
                var last = Ok(ReadRules.Decide(looked, run.Request, run.IsOpen ? Talking : null, decision.ValidUntil.AddTicks(-1)));
                Assert.Equal(decision.Slices.Select(slice => slice.View), last.Slices.Select(slice => slice.View));
                Assert.Equal(decision.Slices.Select(slice => slice.Facets), last.Slices.Select(slice => slice.Facets));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void SameUntil_AnyGrants_NotEvenAReasonChangesBefore() =>
        Prop.ForAll(Arb.From(Cases), run =>
        {
            var talk = run.IsOpen ? Talking : null;
            if (ReadRules.Decide(run.State, run.Request, talk, run.At).Value is { } first)
            {
                // Only a look that changes nothing is remembered: one after the look that bound what waited for it, and that may begin no call.
                var looked = CallRules.Touch(run.State, run.Request, "a9", first, run.At);
                var again = run.Request with { MayBegin = false };
                var decision = Ok(ReadRules.Decide(looked, again, talk, run.At));
                Assert.Same(looked, CallRules.Touch(looked, again, "a9", decision, run.At));
                var last = Ok(ReadRules.Decide(looked, again, talk, ReadRules.SameUntil(looked, again, decision, run.At).AddTicks(-1)));
                Assert.Equal(decision.Slices.Select(slice => (slice.View, slice.Facets)), last.Slices.Select(slice => (slice.View, slice.Facets)));
                Assert.Equal(decision.Slices.SelectMany(slice => slice.Grants), last.Slices.SelectMany(slice => slice.Grants));
                Assert.Equal(decision.Withheld.AsEnumerable(), last.Withheld.AsEnumerable());
                Assert.Equal(decision.Openings.Select(opening => opening.By), last.Openings.Select(opening => opening.By));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static ConsentState Build(IEnumerable<(GrantTerms Terms, TenantId Tenant, int AgeHours, bool Revoked)> grants)
    {
        var state = OfAge;
        var number = 0;
        foreach (var (terms, tenant, _, revoked) in grants)
        {
            (state, var grant) = state.With(terms, $"r{number++}", tenant: tenant);
            state = revoked ? Ok(ConsentRules.RevokeGrant(state, new RevokeGrant($"r{number++}", grant.Id), Now)).State : state;
        }

        return state;
    }

    private static DateTimeOffset? Actual(Outcome<ReadDecision> outcome, Facet facet, SourceId source) =>
        outcome.Value?.Slices.SingleOrDefault(slice => slice.Facets.Contains(facet))?.View.Since(source);

    private static DateTimeOffset? Expected((ConsentState State, ReadRequest Request, bool IsOpen, DateTimeOffset At) run, Facet facet, SourceId source)
    {
        DateTimeOffset? since = null;
        foreach (var grant in run.State.Grants)
        {
            var opens = grant.Tenant == Acme && !grant.HasEnded(run.At) && grant.From <= run.At
                && grant.Purposes.Contains(run.Request.Purpose!.Value) && grant.Facets.Contains(facet) && run.Request.Facets.Contains(facet)
                && grant.Scope.Contains(source)
                && (grant.When == GrantWhen.AnyTime || (grant.When == GrantWhen.DuringMyConversations ? run.IsOpen : grant.Interaction is null or "call-1"));
            var from = grant.IncludeEarlier ? DateTimeOffset.MinValue : grant.From;
            since = opens && (since is null || from < since) ? from : since;
        }

        // Facets closed to the purpose never reach a grant of that purpose here, nor a decision.
        return PurposeTable.Find(run.Request.Purpose!.Value)!.Facets.Contains(facet) ? since : null;
    }
}
