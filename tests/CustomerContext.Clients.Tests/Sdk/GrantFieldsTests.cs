using CustomerContext.Client;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Clients.Tests.Sdk;

/// <summary>What the SDK changes of a grant, asked of a real silo.</summary>
public sealed class GrantFieldsTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _data = new();
    private SiloProcess _silo = null!;
    private CustomerContextClient _client = null!;

    private MeHandle Me => _client.Me;

    public async Task InitializeAsync()
    {
        _silo = await SiloProcess.Start(_data.Path);
        var token = _silo.Tokens.Sign(DevTokens.Customer("fields@example.org"));
        _client = new CustomerContextClient(new CustomerContextClientOptions
        {
            Address = _silo.Grpc,
            TokenProvider = _ => ValueTask.FromResult(token),
            ReadDeadline = TimeSpan.FromSeconds(30),
            WriteDeadline = TimeSpan.FromSeconds(30),
        });
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _silo.DisposeAsync();
    }

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task UpdateGrantAsync_NamedFields_ChangesThoseAndNoOthers()
    {
        var preferences = await Me.SetPreferencesAsync(new Preferences { OfAge = true, Collect = { "acme" } });
        var terms = new GrantTerms { Purposes = { "service.support" }, Facets = { Facet.Sentiment, Facet.Situation }, When = GrantWhen.AnyTime, ShowWhere = true };
        var grant = (await Me.CreateGrantAsync("acme", terms)).Grant;
        var until = TimeProvider.System.GetUtcNow().AddDays(3).ToTimestamp();

        var shorter = (await Me.UpdateGrantAsync(grant.GrantId, new GrantTerms { UntilTime = until, Facets = { Facet.Situation } }, ["until_time"])).Grant.Terms;
        Assert.Equal(new GrantTerms(grant.Terms) { UntilTime = until }, shorter);

        // A flag that is named and left out is off; without names what is set counts, and show_where as it is.
        Assert.Equal(new GrantTerms(shorter) { ShowWhere = false }, (await Me.UpdateGrantAsync(grant.GrantId, new GrantTerms(), ["show_where"])).Grant.Terms);
        var fewer = (await Me.UpdateGrantAsync(grant.GrantId, new GrantTerms { Purposes = { "service.support" }, Facets = { Facet.Sentiment } })).Grant.Terms;
        Assert.Equal((Facet.Sentiment, until), (Assert.Single(fewer.Facets), fewer.UntilTime));

        var wider = new GrantTerms { ShowWhere = true };
        await Assert.ThrowsAsync<ConflictException>(() => Me.UpdateGrantAsync(grant.GrantId, wider, ["show_where"], preferences.ConsentVersion));
        await Assert.ThrowsAsync<InvalidRequestException>(() => Me.UpdateGrantAsync(grant.GrantId, wider, ["interaction_id"]));
    }
}
