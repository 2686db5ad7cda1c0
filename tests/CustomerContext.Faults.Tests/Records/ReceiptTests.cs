using System.Text.Json;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Records;

/// <summary>Receipts, checked with jose from npm against the key set that the silo publishes.</summary>
public sealed class ReceiptTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private string KeySet => new Uri(running.Silo.Http, "/.well-known/jwks.json").ToString();

    [Fact]
    public async Task GetReceipt_OfEachVersion_SignedAndAsGranted()
    {
        var (email, grant) = await NewCustomer();
        var narrower = Requests.Grant().Terms;
        narrower.Facets.Clear();
        narrower.Facets.Add(Facet.Sentiment);
        await running.Client.Consents.UpdateGrantAsync(
            new UpdateGrantRequest { RequestId = Requests.NewId(), GrantId = grant, Terms = narrower }, running.Client.AsCustomer(email));
        await running.Client.Consents.RevokeGrantAsync(Requests.Revoke(grant), running.Client.AsCustomer(email));

        var first = await Content(await Receipt(email, grant, 1));
        var second = await Content(await Receipt(email, grant, 2));
        var latest = await Content(await Receipt(email, grant));

        Assert.Equal(["given", "updated", "withdrawn"], new[] { first, second, latest }.Select(receipt => Text(receipt, "events", 0, "event_state")));
        Assert.Equal(4, first.GetProperty("processing").GetProperty("purposes")[0].GetProperty("pii_information").GetArrayLength());
        Assert.Equal("Sentiment", Text(second, "processing", "purposes", 0, "pii_information", 0, "pii_type"));
        Assert.Equal("ISO/IEC TS 27560:2023", Text(first, "schema_version"));
        Assert.Equal("acme", Text(first, "processing", "purposes", 0, "pii_controllers", 0));
        Assert.Equal("acme/crm", Text(first, "processing", "purposes", 0, "collection_method", 0));
        Assert.Equal($"{grant}.2", Text(second, "receipt_id"));
    }

    [Fact]
    public async Task GetReceipt_OfAGrant_NamesItsRecordAndTheNoticeThatTheClientDisplayed()
    {
        var (email, _) = await NewCustomer();
        var shown = new ShownNotice { Version = "2026-11", Language = "de" };
        var request = Requests.Grant("globex");
        request.ShownNotice = shown;
        var made = await running.Client.Consents.CreateGrantAsync(request, running.Client.AsCustomer(email));
        Assert.Equal(shown, made.Grant.ShownNotice);
        var grant = made.Grant.GrantId;

        var receipt = await Receipt(email, grant);
        var content = await Content(receipt);

        var log = await LogFile.Read(running.Client, email);
        var record = log.Disclosures.Single(one => one is { Tenant: "globex", ConsentChange.Kind: ConsentChangeKind.GrantCreated });
        Assert.Equal(record.DisclosureId, Text(content, "record_id"));
        Assert.Equal(shown, record.ConsentChange.ShownNotice);
        Assert.Equal((shown.Version, shown.Language), (receipt.NoticeVersion, receipt.NoticeLanguage));
        Assert.Equal((shown.Version, shown.Language), (Text(content, "processing", "privacy_notice"), Text(content, "processing", "language")));
        using var http = new HttpClient();
        var notice = await http.GetStringAsync(new Uri(running.Silo.Http, $"/notices/{receipt.NoticeVersion}?language={receipt.NoticeLanguage}"));
        Assert.Contains("Zurücknehmen ist ein Schritt", notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetReceipt_NoNoticeDisplayed_NamesNone()
    {
        var (email, grant) = await NewCustomer();

        var receipt = await Receipt(email, grant);

        Assert.Equal(("", ""), (receipt.NoticeVersion, receipt.NoticeLanguage));
        Assert.False((await Content(receipt)).GetProperty("processing").TryGetProperty("privacy_notice", out _));
    }

    /// <summary>Less of the same is no new yes; more under no notice is a yes under none.</summary>
    [Fact]
    public async Task UpdateGrant_NarrowerThenWider_KeepsTheNoticeThenHasNone()
    {
        var (email, _) = await NewCustomer();
        var request = Requests.Grant("globex");
        request.ShownNotice = new ShownNotice { Version = "2026-11", Language = "en" };
        var given = (await running.Client.Consents.CreateGrantAsync(request, running.Client.AsCustomer(email))).Grant;

        var narrower = await Update(email, given, Facet.Sentiment);
        var wider = await Update(email, given, Facet.Sentiment, Facet.Conversations);

        Assert.Equal(given.ShownNotice, narrower.ShownNotice);
        Assert.Null(wider.ShownNotice);
    }

    /// <summary>Only a yes is made under a notice: what takes back is on record without one.</summary>
    [Fact]
    public async Task SetPreferences_AYesThenItsWithdrawal_OnlyTheYesHasTheNotice()
    {
        var email = $"{Requests.NewId()}@example.org";
        var shown = new ShownNotice { Version = "2026-11", Language = "fr" };
        foreach (var sources in new string[][] { ["acme"], [] })
        {
            var request = Requests.Preferences(sources);
            request.ShownNotice = shown;
            await running.Client.Consents.SetPreferencesAsync(request, running.Client.AsCustomer(email));
        }

        var changes = (await LogFile.Read(running.Client, email)).Disclosures.Select(one => one.ConsentChange).Where(change => change?.Kind == ConsentChangeKind.PreferencesSet);
        Assert.Equal([shown, null], changes.OrderByDescending(change => change.Preferences.Collect.Count).Select(change => change.ShownNotice));
    }

    [Theory]
    [InlineData("2026-11", "xx")]
    [InlineData("2026-12", "en")]
    [InlineData("", "")]
    public async Task CreateGrant_ANoticeThatIsNone_RefusedByItsField(string version, string language)
    {
        var (email, _) = await NewCustomer();
        var request = Requests.Grant("globex");
        request.ShownNotice = new ShownNotice { Version = version, Language = language };

        var refused = await Assert.ThrowsAsync<RpcException>(() => running.Client.Consents.CreateGrantAsync(request, running.Client.AsCustomer(email)).ResponseAsync);

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Contains("shown_notice", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetReceipt_OneCharacterChanged_NotVerified()
    {
        var (email, grant) = await NewCustomer();
        var parts = (await Receipt(email, grant)).Receipt.Split('.');

        var forged = $"{parts[0]}.{(parts[1][10] == 'A' ? parts[1].Remove(10, 1).Insert(10, "B") : parts[1].Remove(10, 1).Insert(10, "A"))}.{parts[2]}";

        Assert.NotEqual(0, (await Node.Run("tests/clients/records/verify-receipt.mjs", KeySet, "consent-receipt", forged)).ExitCode);
        Assert.NotEqual(0, (await Node.Run("tests/clients/records/verify-receipt.mjs", KeySet, "erasure-receipt", string.Join('.', parts))).ExitCode);
    }

    [Theory]
    [InlineData(0, StatusCode.InvalidArgument)]
    [InlineData(-1, StatusCode.InvalidArgument)]
    [InlineData(2, StatusCode.NotFound)]
    public async Task GetReceipt_NoSuchVersion_Refused(long version, StatusCode status)
    {
        var (email, grant) = await NewCustomer();

        var refused = await Assert.ThrowsAsync<RpcException>(() => Receipt(email, grant, version));

        Assert.Equal(status, refused.StatusCode);
    }

    [Fact]
    public async Task GetReceipt_OfSomebodyElse_NotFound()
    {
        var (_, grant) = await NewCustomer();
        var (other, _) = await NewCustomer();

        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => Receipt(other, grant))).StatusCode);
    }

    private async Task<(string Email, string Grant)> NewCustomer()
    {
        var email = $"{Requests.NewId()}@example.org";
        return (email, (await running.Client.MakeCustomer(email, "acme"))[0]);
    }

    private async Task<Grant> Update(string email, Grant grant, params Facet[] facets)
    {
        var request = new UpdateGrantRequest
        {
            RequestId = Requests.NewId(),
            GrantId = grant.GrantId,
            Terms = new GrantTerms { Facets = { facets } },
            UpdateMask = new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { "facets" } },
        };
        return (await running.Client.Consents.UpdateGrantAsync(request, running.Client.AsCustomer(email))).Grant;
    }

    private Task<GetReceiptResponse> Receipt(string email, string grant, long? version = null)
    {
        var request = new GetReceiptRequest { GrantId = grant };
        if (version is { } number)
        {
            request.Version = number;
        }

        return running.Client.Consents.GetReceiptAsync(request, running.Client.AsCustomer(email)).ResponseAsync;
    }

    private async Task<JsonElement> Content(GetReceiptResponse receipt)
    {
        var (exitCode, printed) = await Node.Run("tests/clients/records/verify-receipt.mjs", KeySet, "consent-receipt", receipt.Receipt);
        Assert.True(exitCode == 0, printed);
        return JsonDocument.Parse(printed).RootElement;
    }

    private static string Text(JsonElement element, params object[] path)
    {
        foreach (var step in path)
        {
            element = step is int index ? element[index] : element.GetProperty((string)step);
        }

        return element.GetString()!;
    }
}
