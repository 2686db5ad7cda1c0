using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Limits;

/// <summary>Each field of a change of consent at its limit and one past it; a refused change leaves no trace.</summary>
public sealed class ConsentLimitTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private const string Email = "consent@example.org";

    public static TheoryData<string, Action<CreateGrantRequest>> BadGrants => new()
    {
        { "request_id", grant => grant.RequestId = "" },
        { "request_id", grant => grant.RequestId = new string('r', 65) },
        { "request_id", grant => grant.RequestId = "a\nb" },
        { "tenant", grant => grant.Tenant = "initech" },
        { "tenant", grant => grant.Tenant = "" },
        { "terms", grant => grant.Terms = null },
        { "terms.purposes", grant => grant.Terms.Purposes.Clear() },
        { "terms.purposes", grant => grant.Terms.Purposes.Add(Enumerable.Repeat(Requests.Purpose, 16)) },
        { "terms.purposes", grant => grant.Terms.Purposes.Add("service.world-domination") },
        { "terms.preset", grant => grant.Terms.Preset = "no-such-preset" },
        { "terms.preset", grant => grant.Terms.Preset = new string('p', 41) },
        { "terms.owners", grant => grant.Terms.Owners.Add(SourceOwner.Unspecified) },
        { "terms.owners", grant => grant.Terms.Owners.Add((SourceOwner)99) },
        { "terms.until_time", grant => (grant.Terms.When, grant.Terms.UntilTime) = (GrantWhen.ThisCallOnly, InMonths(1)) },
        { "terms.facets[4]", grant => grant.Terms.Facets.Add((Facet)99) },
        { "terms.facets[4]", grant => grant.Terms.Facets.Add(Facet.Unspecified) },
        { "terms.sources", grant => grant.Terms.Sources.Add(Enumerable.Range(0, 16).Select(i => $"acme/s{i}")) },
        { "terms.sources[1]", grant => grant.Terms.Sources.Add(new string('s', 82)) },
        { "terms.sources[1]", grant => grant.Terms.Sources.Add("acme/\uFFFD") },
        { "terms.when", grant => grant.Terms.When = (GrantWhen)99 },
        { "terms.interaction_id", grant => ThisCall(grant, new string('i', 65)) },
        { "terms.interaction_id", grant => grant.Terms.InteractionId = "call-1" },
        { "terms.from_time", grant => grant.Terms.FromTime = InMonths(12, days: 2) },
        { "terms.until_time", grant => grant.Terms.UntilTime = InMonths(12, days: 2) },
        { "terms.until_time", grant => grant.Terms.UntilTime = InMonths(-1) },
        { "terms.from_time", grant => grant.Terms.FromTime = new Timestamp { Seconds = long.MaxValue } },
    };

    public static TheoryData<string, Action<CreateGrantRequest>> GoodGrants => new()
    {
        { "request id of 64", grant => grant.RequestId = new string('r', 64) },
        { "16 purposes", grant => grant.Terms.Purposes.Add(Enumerable.Repeat(Requests.Purpose, 15)) },
        { "no facets, which are all that the purpose has", grant => grant.Terms.Facets.Clear() },
        { "16 sources", grant => grant.Terms.Sources.Add(Enumerable.Range(0, 15).Select(i => $"acme/s{i}")) },
        { "a source of 81", grant => grant.Terms.Sources.Add($"{new string('t', 40)}/{new string('s', 40)}") },
        { "an interaction of 64", grant => ThisCall(grant, new string('i', 64)) },
        { "until almost 12 months", grant => grant.Terms.UntilTime = InMonths(12, days: -1) },
        { "from almost 12 months", grant => grant.Terms.FromTime = InMonths(12, days: -1) },
    };

    [Theory]
    [MemberData(nameof(BadGrants))]
    public async Task CreateGrant_OnePastALimit_InvalidAndNoTrace(string field, Action<CreateGrantRequest> change)
    {
        await running.Client.MakeCustomer(Email);
        var before = await Grants();
        var grant = Requests.Grant();
        change(grant);

        await Refusals.Invalid(field, () => running.Client.Consents.CreateGrantAsync(grant, running.Client.AsCustomer(Email)).ResponseAsync);

        Assert.Equal(before, await Grants());
    }

    [Theory]
    [MemberData(nameof(GoodGrants))]
    public async Task CreateGrant_AtALimit_Made(string what, Action<CreateGrantRequest> change)
    {
        var email = $"{what.Replace(' ', '.')}@example.org";
        await running.Client.MakeCustomer(email);
        var grant = Requests.Grant();
        change(grant);

        var made = await running.Client.Consents.CreateGrantAsync(grant, running.Client.AsCustomer(email));

        Assert.Equal(GrantState.Live, made.Grant.State);
    }

    [Fact]
    public async Task CreateGrant_SixtyFourAndOneMore_LimitReached()
    {
        const string email = "many@example.org";
        await running.Client.MakeCustomer(email, [.. Enumerable.Repeat("acme", 64)]);

        await Refusals.Refused(
            StatusCode.FailedPrecondition,
            ErrorReason.LimitReached,
            () => running.Client.Consents.CreateGrantAsync(Requests.Grant(), running.Client.AsCustomer(email)).ResponseAsync);
    }

    [Fact]
    public async Task CreateGrant_SameIdWithOtherContent_RequestIdReused()
    {
        const string email = "again@example.org";
        await running.Client.MakeCustomer(email);
        var grant = Requests.Grant();
        var made = await running.Client.Consents.CreateGrantAsync(grant, running.Client.AsCustomer(email));
        var repeated = await running.Client.Consents.CreateGrantAsync(grant, running.Client.AsCustomer(email));
        Assert.Equal(made.Grant.GrantId, repeated.Grant.GrantId);

        grant.Tenant = "globex";

        await Refusals.Refused(
            StatusCode.Aborted,
            ErrorReason.RequestIdReused,
            () => running.Client.Consents.CreateGrantAsync(grant, running.Client.AsCustomer(email)).ResponseAsync);
    }

    [Fact]
    public async Task SetPreferences_CollectAtTheLimitAndOnePast_SetAndInvalid()
    {
        const string email = "collect@example.org";
        await SetPreferences(email, 64);
        await Refusals.Invalid("preferences.collect", () => SetPreferences(email, 65));
        await Refusals.Invalid(
            "preferences.collect[0]",
            () => running.Client.Consents.SetPreferencesAsync(Requests.Preferences(new string('c', 82)), running.Client.AsCustomer(email)).ResponseAsync);
    }

    [Fact]
    public async Task SetPreferences_Missing_Invalid() => await Refusals.Invalid(
        "preferences",
        () => running.Client.Consents.SetPreferencesAsync(
            new SetPreferencesRequest { RequestId = Requests.NewId(), UpdateMask = Requests.AllPreferences }, running.Client.AsCustomer(Email)).ResponseAsync);

    [Theory]
    [InlineData("grant_id", "")]
    [InlineData("grant_id", "a\u0001")]
    public Task RevokeGrant_IdThatIsNone_Invalid(string field, string id) => Refusals.Invalid(
        field, () => running.Client.Consents.RevokeGrantAsync(Requests.Revoke(id), running.Client.AsCustomer(RunningSilo.Email)).ResponseAsync);

    [Fact]
    public Task RevokeGrant_OfNobody_NotFound() => Refusals.Refused(
        StatusCode.NotFound,
        ErrorReason.NotFound,
        () => running.Client.Consents.RevokeGrantAsync(Requests.Revoke("none"), running.Client.AsCustomer(RunningSilo.Email)).ResponseAsync);

    [Theory]
    [InlineData("page_size", -1, "")]
    [InlineData("page_token", 1, "made up")]
    public Task ListDisclosures_BadPage_Invalid(string field, int size, string token) => Refusals.Invalid(
        field,
        () => running.Client.Consents.ListDisclosuresAsync(
            new ListDisclosuresRequest { PageSize = size, PageToken = token }, running.Client.AsCustomer(RunningSilo.Email)).ResponseAsync);

    private static void ThisCall(CreateGrantRequest grant, string interaction)
    {
        grant.Terms.When = GrantWhen.ThisCallOnly;
        grant.Terms.InteractionId = interaction;
    }

    private static Timestamp InMonths(int months, int days = 0) => TimeProvider.System.GetUtcNow().AddMonths(months).AddDays(days).ToTimestamp();

    private Task<SetPreferencesResponse> SetPreferences(string email, int collect) => running.Client.Consents.SetPreferencesAsync(
        Requests.Preferences([.. Enumerable.Range(0, collect).Select(i => $"acme/s{i}")]), running.Client.AsCustomer(email)).ResponseAsync;

    private async Task<ListGrantsResponse> Grants() => await running.Client.Consents.ListGrantsAsync(
        new ListGrantsRequest { IncludeEnded = true, PageSize = 500 }, running.Client.AsCustomer(Email));
}
