using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Access;

/// <summary>
/// What one tenant tells never reaches another unless a grant names the source: over the wire, for CC_ISOLATION customers with grants and signals drawn by CC_SEED. All that
/// a tenant tells bears its mark, and answers are searched for marks. The domain's own property test goes through many more grants.
/// </summary>
public sealed class IsolationTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private static readonly int _customers = Trials.Count("CC_ISOLATION", 20);
    private static readonly (string Tenant, string Source)[] _sources = [("acme", "crm"), ("acme", "chat"), ("globex", "helpdesk")];

    [Fact]
    public async Task Answers_AnyGrantsAndSignals_HoldNoSourceThatNoGrantNames()
    {
        var random = new Random(Trials.Seed);
        var found = 0;
        for (var customer = 0; customer < _customers; customer++)
        {
            var email = $"isolated{customer}@example.org";
            var me = running.Client.AsCustomer(email);
            await running.Client.Consents.SetPreferencesAsync(Requests.Preferences("acme", "globex"), me);
            var named = new Dictionary<string, HashSet<string>> { ["acme"] = [], ["globex"] = [] };
            foreach (var tenant in named.Keys.Where(_ => random.Next(4) > 0))
            {
                var grant = Requests.Grant(tenant);
                grant.Terms.Sources.Clear();
                grant.Terms.Sources.Add(_sources.Where(_ => random.Next(2) == 0).Select(one => $"{one.Tenant}/{one.Source}"));
                named[tenant].UnionWith(grant.Terms.Sources.Count > 0 ? grant.Terms.Sources : _sources.Where(one => one.Tenant == tenant).Select(one => $"{one.Tenant}/{one.Source}"));
                await running.Client.Consents.CreateGrantAsync(grant, me);
            }

            foreach (var (tenant, source) in _sources)
            {
                await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Signals(email, tenant, source)), running.Client.AsAgent(tenant));
            }

            foreach (var (tenant, sources) in named)
            {
                found += await Check(email, tenant, sources);
            }
        }

        Assert.NotEqual(0, found);
    }

    [Fact]
    public async Task Identifiers_OfATenantsOwn_NameNobodyToAnother()
    {
        const string Email = "linked@example.org";
        await running.Client.MakeCustomer(Email, "acme", "globex");
        var own = new SubjectIdentifier { Opaque = "shared-id" };
        await running.Client.Identities.LinkIdentifierAsync(
            new LinkIdentifierRequest { RequestId = Requests.NewId(), Subject = new SubjectIdentifier { Email = Email }, Identifier = own }, running.Client.AsAgent());
        var byOpaque = Requests.Lookup(Email);
        byOpaque.Subject = own;

        Assert.NotEmpty((await running.Client.Contexts.GetContextAsync(byOpaque, running.Client.AsAgent())).DisclosureId);
        var error = await Assert.ThrowsAsync<RpcException>(() => running.Client.Contexts.GetContextAsync(byOpaque, running.Client.AsAgent("globex")).ResponseAsync);
        Assert.Equal(StatusCode.PermissionDenied, error.StatusCode);
    }

    /// <summary>How many marks the answer holds; each is of a source that a grant names.</summary>
    private async Task<int> Check(string email, string tenant, HashSet<string> named)
    {
        GetContextResponse answer;
        try
        {
            answer = await running.Client.Contexts.GetContextAsync(Requests.Lookup(email), running.Client.AsAgent(tenant));
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.PermissionDenied)
        {
            Assert.Empty(named);
            return 0;
        }

        var text = JsonFormatter.Default.Format(answer);
        var seen = _sources.Where(one => text.Contains(Mark(one.Tenant, one.Source), StringComparison.Ordinal)).Select(one => $"{one.Tenant}/{one.Source}").ToArray();
        Assert.Subset(named, seen.ToHashSet());
        return seen.Length;
    }

    private static Signal[] Signals(string email, string tenant, string source)
    {
        var mark = Mark(tenant, source);
        var turn = Requests.Turn(email, $"{mark}-conversation", 1);
        turn.Source = source;
        turn.Link = $"https://example.org/{mark}";
        turn.Conversation.Topics[0] = $"{mark}-topic";
        return
        [
            turn,
            new Signal
            {
                Id = $"{mark}-case",
                Source = source,
                Subject = new SubjectIdentifier { Email = email },
                OccurredTime = (TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(5)).ToTimestamp(),
                Trait = new TraitSignal { Name = "open_case", Value = $"{mark}-value" },
            },
        ];
    }

    private static string Mark(string tenant, string source) => $"zz{tenant}.{source}zz";
}
