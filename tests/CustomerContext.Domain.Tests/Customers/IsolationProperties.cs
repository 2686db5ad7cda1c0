using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerContext.Domain.Tests.Customers;

/// <summary>
/// What one tenant told never reaches another unless a grant of that other names the source. Everything that a signal carries bears the mark of its source, and what a
/// reader would see is searched for marks, as text: no rule of the product takes part in the search.
/// </summary>
public sealed class IsolationProperties
{
    private static readonly TenantId[] Tenants = [new("acme"), new("globex"), new("umbrella")];

    // A tenant and a source whose names begin like another's, so that a comparison by beginning would be seen.
    private static readonly string[] Sources = ["acme/crm", "acme/crm-2", "acme/mail", "globex/crm", "globex/acme", "umbrella/crm", "customer"];
    private static readonly Purpose[] Purposes = [new("service.support"), new("sales.advice")];

    private static readonly Gen<(GrantTerms Terms, TenantId Tenant, bool Revoked)> Grants =
        from tenant in Gen.Elements(Tenants)
        from facets in Gen.Choose(1, 511)
        from purpose in Gen.Elements(Purposes)
        from sources in Gen.SubListOf(Sources)
        from hours in Gen.Choose(1, 40)
        from revoked in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        let open = PurposeTable.Find(purpose)!.Facets.Intersect(new FacetSet(facets << 1))
        select (
            new GrantTerms(
                [purpose], open.IsEmpty ? PurposeTable.Find(purpose)!.Facets : open, SourceScope.Of([], sources.Select(source => new SourceId(source))),
                null, Given.Noon.AddHours(hours), GrantWhen.AnyTime, IncludeEarlier: true, Owners: sources.Count == 0 ? SourceOwners.Own : SourceOwners.None),
            tenant, revoked);

    private static readonly Gen<(List<(GrantTerms Terms, TenantId Tenant, bool Revoked)> Grants, int Seed, int Hours)> Cases =
        from grants in Gen.ListOf(Grants, 4)
        from seed in Gen.Choose(0, 1_000_000)
        from hours in Gen.Choose(0, 40)
        select (grants.ToList(), seed, hours);

    [Fact]
    public void Snapshot_AnyGrantsAndSignals_ShowsNoSourceThatNoGrantNames() => Prop.ForAll(Arb.From(Cases), run =>
    {
        var state = Given.State(Signals(run.Seed));
        var at = Given.Noon.AddHours(run.Hours);
        var consent = Consent(run.Grants);
        foreach (var tenant in Tenants)
        {
            foreach (var purpose in Purposes)
            {
                var read = new ReadRequest(tenant, ActorRole.Service, purpose, FacetSet.All, null);
                var decision = ReadRules.Decide(consent, read, talk: null, at).Value;
                foreach (var slice in decision?.Slices ?? [])
                {
                    var seen = SnapshotRules.Snapshot(state, slice.View, at);
                    Check(run.Grants, tenant, purpose, slice.Facets, Facet.Sentiment, Given.Text(seen.Sentiment), at);
                    Check(run.Grants, tenant, purpose, slice.Facets, Facet.TopOfMind, Given.Text(seen.TopOfMind), at);
                    Check(run.Grants, tenant, purpose, slice.Facets, Facet.Conversations, Given.Text(seen.Conversations), at);
                    Check(run.Grants, tenant, purpose, slice.Facets, Facet.Situation, Given.Text(seen.Situation), at);
                }
            }
        }
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Snapshot_WholeView_ShowsEveryMark()
    {
        // The search finds what is there to be found.
        var text = Given.Text(SnapshotRules.Snapshot(Given.State(Signals(1)), ContextView.Whole(SourceScope.Of(Tenants, [SourceId.Customer])), Given.Noon));

        Assert.All(Sources, source => Assert.Contains(Mark(source), text, StringComparison.Ordinal));
    }

    private static void Check(
        List<(GrantTerms Terms, TenantId Tenant, bool Revoked)> grants, TenantId tenant, Purpose purpose, FacetSet shown, Facet facet, string text, DateTimeOffset at)
    {
        if (!shown.Contains(facet))
        {
            return;
        }

        foreach (var source in Sources.Where(source => text.Contains(Mark(source), StringComparison.Ordinal)))
        {
            Assert.Contains(grants, grant => grant.Tenant == tenant && !grant.Revoked && at < grant.Terms.Until && grant.Terms.Purposes.Contains(purpose)
                && grant.Terms.Facets.Contains(facet)
                && (grant.Terms.Sources.Count == 0 ? source.StartsWith(tenant.Value + "/", StringComparison.Ordinal) : grant.Terms.Sources.Sources.Any(named => named.Value == source)));
        }
    }

    private static ConsentState Consent(List<(GrantTerms Terms, TenantId Tenant, bool Revoked)> grants)
    {
        var state = ConsentState.None with { Preferences = Preferences.Off with { OfAge = true, Collect = SourceScope.Of(Tenants, [SourceId.Customer]) } };
        foreach (var ((terms, tenant, revoked), i) in grants.Select((grant, i) => (grant, i)))
        {
            var made = ConsentRules.CreateGrant(state, Given.Customer, new CreateGrant($"c{i}", tenant, terms), Given.Noon);
            Assert.True(made.IsOk, $"{made.Refusal}");
            state = revoked
                ? ConsentRules.RevokeGrant(made.Value.State, new RevokeGrant($"r{i}", made.Value.Grant!.Id), Given.Noon).Value!.State
                : made.Value.State;
        }

        return state;
    }

    /// <summary>Of each source a conversation with a link and a topic, and a trait; in an order and at times of the seed's.</summary>
    private static IEnumerable<ScoredSignal> Signals(int seed)
    {
        var random = new Random(seed);
        return Sources.OrderBy(_ => random.Next()).SelectMany(name =>
        {
            var source = new SourceId(name);
            var at = Given.Noon.AddMinutes(-random.Next(1, 600));
            var mark = Mark(name);
            return (ScoredSignal[])
            [
                Given.Turn(
                    $"{mark}-turn", at, random.Next(-1_000, 1_001), conversation: $"{mark}-conversation", state: ConversationState.Opened, source: source,
                    link: $"https://example.org/{mark}", topics: [$"{mark}-topic"]),
                Given.Trait($"{mark}-trait", at, random.Next(2) == 0 ? "situation" : "open_case", $"{mark}-value", source),
            ];
        });
    }

    /// <summary>No mark is the beginning of another.</summary>
    private static string Mark(string source) => $"zz{source.Replace('/', '.')}zz";
}
