using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Tests.Customers;

/// <summary>A name stands in a conversation only if both would show it: whoever is asked, what is named is never more than what either alone shows.</summary>
public sealed class MentionTests
{
    private static readonly CustomerKey _bob = new("b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0");

    [Fact]
    public void Named_AnyTwoConsents_NeverMoreThanBothShow()
    {
        var random = new Random(5);
        var named = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var (own, theirs) = (Consent(random), Consent(random));
            var source = Pick(random, "acme/crm", "globex/helpdesk", "customer");
            var at = Given.Noon.AddMinutes(-random.Next(120));
            var state = Given.State(Turn(new SourceId(source), at));
            var read = Read(random);
            var mine = ReadRules.Decide(own, read, TalkTimes.None, Given.Noon);
            var bobs = ReadRules.Decide(theirs, read, TalkTimes.None, Given.Noon);

            var isNamed = mine.IsOk && bobs.IsOk && IsNamed(state, mine.Value, theirs, bobs.Value);

            Assert.Equal(Shows(own, mine) && Shows(theirs, bobs) && theirs.Collects(new SourceId(source), Given.Noon), isNamed);
            named += isNamed ? 1 : 0;

            bool Shows(ConsentState consent, Outcome<ReadDecision> decision) => decision.IsOk && consent.PausedAt is null
                && consent.Grants.Any(grant => grant.Tenant == read.Tenant && grant.Purposes.Contains(read.Purpose!.Value) && grant.Facets.Contains(Facet.Conversations)
                    && grant.RevokedAt is null && grant.Scope.Contains(new SourceId(source)) && grant.Window.Since <= at);
        }

        Assert.InRange(named, 100, 10_000);
    }

    [Fact]
    public void Named_ATurnCameSinceTheyWereAsked_NotNamed()
    {
        var consent = Consent(new Random(1), "acme", Facet.Conversations, "acme/crm");
        var decision = ReadRules.Decide(consent, Read("acme"), TalkTimes.None, Given.Noon).Value!;
        var before = Given.State(Turn(Given.Crm, Given.Noon.AddMinutes(-2)));
        var allowed = MentionRules.Allowed(MentionRules.Of(before, decision, Given.Customer, Given.Noon), consent, decision, Given.Noon);

        Assert.Equal(new NamedCounterparty(0, 1, _bob), Assert.Single(MentionRules.Named(before, decision.Slices[0], Given.Customer, allowed, Given.Noon)));
        Assert.Empty(MentionRules.Named(before.With(Turn(Given.Crm, Given.Noon.AddMinutes(-1), "t2")), decision.Slices[0], Given.Customer, allowed, Given.Noon));
        Assert.Empty(MentionRules.Of(before, decision, _bob, Given.Noon));
    }

    private static bool IsNamed(CustomerState state, ReadDecision mine, ConsentState theirs, ReadDecision bobs)
    {
        var allowed = MentionRules.Allowed(MentionRules.Of(state, mine, Given.Customer, Given.Noon), theirs, bobs, Given.Noon);
        return mine.Slices.Any(slice => !MentionRules.Named(state, slice, Given.Customer, allowed, Given.Noon).IsEmpty);
    }

    private static ScoredSignal Turn(SourceId source, DateTimeOffset at, string id = "t1")
    {
        var turn = Given.Turn(id, at, source: source);
        return turn with { Signal = (ConversationSignal)turn.Signal with { Counterparties = [new Counterparty(Role.Agent), new Counterparty(Role.Customer, _bob)] } };
    }

    private static ReadRequest Read(Random random) => Read(Pick(random, "acme", "globex"), Pick(random, "service.support", "service.complaint"));

    private static ReadRequest Read(string tenant, string purpose = "service.support") =>
        new(new TenantId(tenant), ActorRole.Person, new Purpose(purpose), FacetSet.Of(Facet.Conversations, Facet.Situation), "call-1");

    private static ConsentState Consent(Random random) => Consent(
        random, Pick(random, "acme", "globex"), random.Next(4) > 0 ? Facet.Conversations : Facet.Situation, "acme/crm", "globex/helpdesk", "customer");

    private static ConsentState Consent(Random random, string tenant, Facet facet, params string[] sources)
    {
        var collects = SourceScope.Named(sources.Where(_ => random.Next(5) > 0 || sources.Length == 1));
        var terms = new GrantTerms(
            [new Purpose(sources.Length == 1 ? "service.support" : Pick(random, "service.support", "service.complaint"))],
            FacetSet.Of(facet),
            SourceScope.Named(sources.Where(_ => random.Next(4) > 0 || sources.Length == 1)),
            null,
            null,
            GrantWhen.AnyTime,
            IncludeEarlier: random.Next(2) == 0 || sources.Length == 1);
        var consent = ConsentState.None with { Preferences = Preferences.Off with { OfAge = true, Collect = collects } };
        var given = ConsentRules.CreateGrant(consent, Given.Customer, new CreateGrant("g", new TenantId(tenant), terms), Given.Noon.AddHours(-1));
        consent = given.IsOk ? given.Value.State : consent;
        return sources.Length > 1 && random.Next(8) == 0 ? consent with { PausedAt = Given.Noon } : consent;
    }

    private static string Pick(Random random, params string[] of) => of[random.Next(of.Length)];
}
