using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

public sealed class GrantTests
{
    [Fact]
    public void CreateGrant_PlainTerms_BeginsNowAndLastsTwelveMonths()
    {
        var (state, grant) = OfAge.With(Terms(sources: [GlobexShop, AcmeCrm, AcmeCrm], from: Now.AddDays(-3), purposes: [Support, Offer]));

        Assert.Equal(OfAge.Epoch + 1, state.Epoch);
        Assert.Equal(Now, grant.From);
        Assert.Equal(Now.AddMonths(12), grant.Until);
        Assert.Equal(SourceScope.Of([], [AcmeCrm, GlobexShop]), grant.Sources);
        Assert.Equal([Offer, Support], grant.Purposes.ToArray());
        Assert.Equal([grant], state.Grants.ToArray());
    }

    [Fact]
    public void CreateGrant_Repeated_SameGrantAndNothingNew()
    {
        var (state, grant) = OfAge.With(Terms(), "r1");

        var again = Ok(ConsentRules.CreateGrant(state, Customer, new CreateGrant("r1", Acme, Terms()), Now.AddDays(3)));

        Assert.Same(state, again.State);
        Assert.Same(grant, again.Grant);
        Assert.Null(again.Change);
    }

    [Fact]
    public void CreateGrant_Id_DependsOnCustomerAndRequestAlone()
    {
        Assert.Equal(new GrantId("c15d087e2c37428f7cc8237269c02b14"), GrantId.For(Customer, "r1")); // sha256(customer/request), first half
        Assert.Equal(GrantId.For(Customer, "r1"), OfAge.With(Terms(), "r1").Grant.Id);
        Assert.NotEqual(GrantId.For(Customer, "r1"), GrantId.For(Customer, "r2"));
        Assert.NotEqual(GrantId.For(Customer, "r1"), GrantId.For(new CustomerKey("ff"), "r1"));
    }

    [Fact]
    public void CreateGrant_NotOfAge_Refused() =>
        Assert.Equal(RefusalReason.NotOfAge, Refused(ConsentRules.CreateGrant(ConsentState.None, Customer, new CreateGrant("r1", Acme, Terms()), Now)).Reason);

    [Fact]
    public void CreateGrant_TermsOutOfBounds_FieldNamed()
    {
        var many = Enumerable.Range(0, Limits.Consents.SourcesPerGrant + 1).Select(number => SourceId.Of(Acme, $"s{number}")).ToArray();
        (string Field, GrantTerms Terms)[] cases =
        [
            ("terms.purposes", Terms() with { Purposes = [] }),
            ("terms.purposes", Terms(purposes: [new Purpose("no.such")])),
            ("terms.purposes", Terms(purposes: [.. Enumerable.Repeat(Support, Limits.Consents.PurposesPerGrant + 1)])),
            ("terms.facets", Terms(FacetSet.Of(Facet.Sentiment), purposes: [Offer])),
            ("terms.sources", Terms(sources: many)),
            ("terms.when", Terms(when: (GrantWhen)9)),
            ("terms.interaction_id", Terms(interaction: "call-1")),
            ("terms.interaction_id", Terms(when: GrantWhen.ThisCallOnly, interaction: new string('i', Limits.Consents.InteractionLength + 1))),
            ("terms.from_time", Terms(from: Now.AddMonths(Limits.Consents.GrantMonths).AddTicks(1))),
            ("terms.until_time", Terms(until: Now.AddMonths(Limits.Consents.GrantMonths).AddTicks(1))),
            ("terms.until_time", Terms(until: Now)),
            ("terms.until_time", Terms(when: GrantWhen.ThisCallOnly, until: Now + Limits.Calls.Longest + TimeSpan.FromTicks(1))),
            ("terms.preset", Terms() with { Preset = "no-such" }),
        ];

        Assert.All(cases, one =>
        {
            var refusal = Refused(ConsentRules.CreateGrant(OfAge, Customer, new CreateGrant("r1", Acme, one.Terms), Now));
            Assert.Equal((RefusalReason.InvalidArgument, one.Field), (refusal.Reason, refusal.Field));
        });
    }

    [Fact]
    public void CreateGrant_TermsAtTheirBounds_Allowed()
    {
        var many = Enumerable.Range(0, Limits.Consents.SourcesPerGrant).Select(number => SourceId.Of(Acme, $"s{number}")).ToArray();
        GrantTerms[] cases =
        [
            Terms(purposes: [.. Enumerable.Repeat(Support, Limits.Consents.PurposesPerGrant)]),
            Terms(sources: many),
            Terms(when: GrantWhen.ThisCallOnly, interaction: new string('i', Limits.Consents.InteractionLength)),
            Terms(from: Now.AddMonths(Limits.Consents.GrantMonths)),
            Terms(until: Now.AddMonths(Limits.Consents.GrantMonths)),
            Terms(until: Now.AddTicks(1)),
            Terms(when: GrantWhen.ThisCallOnly, until: Now + Limits.Calls.Longest),
        ];

        Assert.All(cases, terms => Assert.True(ConsentRules.CreateGrant(OfAge, Customer, new CreateGrant("r1", Acme, terms), Now).IsOk));
    }

    [Fact]
    public void CreateGrant_ThisCallOnlyWithoutEnd_LastsAsLongAsACall() =>
        Assert.Equal(Now + Limits.Calls.Longest, OfAge.With(Terms(when: GrantWhen.ThisCallOnly)).Grant.Until);

    [Fact]
    public void CreateGrant_Full_TheFirstEndedMakesRoomAndLiveOnesNever()
    {
        var state = OfAge;
        for (var number = 0; number < Limits.Consents.Grants; number++)
        {
            state = state.With(Terms(), $"r{number}").State;
        }

        var command = new CreateGrant("one more", Acme, Terms());
        Assert.Equal(RefusalReason.LimitReached, Refused(ConsentRules.CreateGrant(state, Customer, command, Now)).Reason);

        var ended = state.Grants[5].Id;
        state = Ok(ConsentRules.RevokeGrant(state, new RevokeGrant("v1", ended), Now)).State;
        state = Ok(ConsentRules.RevokeGrant(state, new RevokeGrant("v2", state.Grants[3].Id), Now.AddDays(1))).State;
        state = Ok(ConsentRules.CreateGrant(state, Customer, command, Now.AddDays(2))).State;
        Assert.Equal(Limits.Consents.Grants, state.Grants.Length);
        Assert.Null(state.Find(ended));
    }

    [Fact]
    public void UpdateGrant_Narrower_WorksForWhoIsNotOfAgeAndWiderDoesNot()
    {
        var (state, grant) = OfAge.With(Terms());
        var young = state with { Preferences = Preferences.Off };
        var later = Now.AddDays(1);

        var narrowed = Ok(ConsentRules.UpdateGrant(young, new UpdateGrant("u1", grant.Id, Terms(FacetSet.Of(Facet.Help), GrantWhen.DuringMyConversations)), later));
        Assert.Equal(FacetSet.Of(Facet.Help), narrowed.Grant!.Facets);
        Assert.Equal((grant.From, grant.Until, later), (narrowed.Grant.From, narrowed.Grant.Until, narrowed.Grant.UpdatedAt));
        Assert.Equal(young.Epoch + 1, narrowed.State.Epoch);

        GrantTerms[] wider = [Terms(), Terms(FacetSet.Of(Facet.Help)), Terms(FacetSet.Of(Facet.Help), GrantWhen.DuringMyConversations, [GlobexShop])];
        Assert.All(wider, terms =>
            Assert.Equal(RefusalReason.NotOfAge, Refused(ConsentRules.UpdateGrant(narrowed.State, new UpdateGrant("u2", grant.Id, terms), later)).Reason));
    }

    [Fact]
    public void UpdateGrant_EarlierStart_NeverOpensWhatWasBefore()
    {
        var (state, begun) = OfAge.With(Terms());
        var earlier = new UpdateGrant("u1", begun.Id, Terms(from: Now.AddDays(-30)));
        Assert.Equal(Now, Ok(ConsentRules.UpdateGrant(state, earlier, Now.AddDays(5))).Grant!.From);

        var (waiting, ahead) = OfAge.With(Terms(from: Now.AddDays(10)));
        var sooner = new UpdateGrant("u1", ahead.Id, Terms(from: Now, until: Now.AddMonths(1)));
        Assert.Equal(Now.AddDays(5), Ok(ConsentRules.UpdateGrant(waiting, sooner, Now.AddDays(5))).Grant!.From);
    }

    [Fact]
    public void UpdateGrant_NoDifference_NoNewEpoch()
    {
        var (state, grant) = OfAge.With(Terms());

        Assert.Same(state, Ok(ConsentRules.UpdateGrant(state, new UpdateGrant("u1", grant.Id, Terms()), Now.AddDays(1))).State);
    }

    [Fact]
    public void UpdateGrant_EndedInAnyWay_NeverRevives()
    {
        var (state, grant) = OfAge.With(Terms(when: GrantWhen.ThisCallOnly));
        var revoked = Ok(ConsentRules.RevokeGrant(state, new RevokeGrant("v1", grant.Id), Now)).State;
        var used = state with { Grants = [grant with { EndedAt = Now }] };
        var update = new UpdateGrant("u1", grant.Id, Terms(until: Now.AddMonths(6)));

        Assert.Equal(RefusalReason.NotFound, Refused(ConsentRules.UpdateGrant(revoked, update, Now)).Reason);
        Assert.Equal(RefusalReason.NotFound, Refused(ConsentRules.UpdateGrant(used, update, Now)).Reason);
        Assert.Equal(RefusalReason.NotFound, Refused(ConsentRules.UpdateGrant(state, update, grant.Until)).Reason);
        Assert.Equal(RefusalReason.NotFound, Refused(ConsentRules.UpdateGrant(OfAge, update, Now)).Reason);
    }

    [Fact]
    public void RevokeGrant_Live_EndsItAtOnceWithoutBeingOfAge()
    {
        var (state, grant) = OfAge.With(Terms());
        var young = state with { Preferences = Preferences.Off };

        var step = Ok(ConsentRules.RevokeGrant(young, new RevokeGrant("v1", grant.Id), Now));

        Assert.Equal(Now, step.Grant!.RevokedAt);
        Assert.True(step.Grant.HasEnded(Now));
        Assert.Equal((young.Epoch + 1, ConsentChangeKind.GrantRevoked), (step.State.Epoch, step.Change!.Kind));
        Assert.Same(step.State, Ok(ConsentRules.RevokeGrant(step.State, new RevokeGrant("v2", grant.Id), Now.AddDays(1))).State);
    }

    [Fact]
    public void RevokeGrant_Unknown_NotFound() =>
        Assert.Equal(RefusalReason.NotFound, Refused(ConsentRules.RevokeGrant(OfAge, new RevokeGrant("v1", new GrantId("ff")), Now)).Reason);
}
