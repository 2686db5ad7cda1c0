using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Consents;

/// <summary>An old client changes only what it names, and no yes that is newer than what it read; taking back never waits for either.</summary>
public sealed class ConsentChangeTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private SiloClient Client => running.Client;

    [Fact]
    public async Task SetPreferences_SomeFields_OthersStayAsTheyAre()
    {
        const string email = "masked@example.org";
        await Client.Consents.SetPreferencesAsync(Requests.Preferences("acme"), Client.AsCustomer(email));

        var changed = await Set(email, new Preferences { Publish = true }, ["publish", "ask"]);

        Assert.Equal(new Preferences { OfAge = true, Collect = { "acme" }, Publish = true }, changed.Preferences);
    }

    [Theory]
    [InlineData]
    [InlineData("*")]
    [InlineData("collect", "no_such_field")]
    [InlineData("Collect")]
    public Task SetPreferences_MaskThatNamesNoField_Invalid(params string[] fields) =>
        Refusals.Invalid("update_mask", () => Set("unmasked@example.org", new Preferences(), fields));

    [Fact]
    public async Task SetPreferences_VersionThatIsOver_AbortedUnlessItOnlyTakesBack()
    {
        const string email = "versioned@example.org";
        var old = (await Client.Consents.SetPreferencesAsync(Requests.Preferences("acme"), Client.AsCustomer(email))).ConsentVersion;
        var now = (await Set(email, new Preferences { Ask = true }, ["ask"], old)).ConsentVersion;
        Assert.NotEqual(old, now);

        await Mismatch(() => Set(email, new Preferences { Publish = true }, ["publish"], old));
        Assert.False((await Set(email, new Preferences(), ["ask"], old)).Preferences.Ask);
        Assert.False((await Set(email, new Preferences(), ["of_age"], old)).Preferences.OfAge);
    }

    [Fact]
    public async Task CreateAndUpdateGrant_VersionThatIsOver_AbortedUnlessItIsNarrower()
    {
        const string email = "versioned.grant@example.org";
        await Client.MakeCustomer(email);
        var read = (await Client.Consents.GetPreferencesAsync(new(), Client.AsCustomer(email))).ConsentVersion;
        var request = Requests.Grant();
        request.ExpectedConsentVersion = read;
        var grant = (await Client.Consents.CreateGrantAsync(request, Client.AsCustomer(email))).Grant;

        // A repeat of the same request is the same yes, whatever came after it.
        Assert.Equal(grant, (await Client.Consents.CreateGrantAsync(request, Client.AsCustomer(email))).Grant);
        request.RequestId = Requests.NewId();
        await Mismatch(() => Client.Consents.CreateGrantAsync(request, Client.AsCustomer(email)).ResponseAsync);
        request.ExpectedConsentVersion = "made up";
        await Refusals.Invalid("expected_consent_version", () => Client.Consents.CreateGrantAsync(request, Client.AsCustomer(email)).ResponseAsync);
    }

    private static Task<Google.Rpc.Status> Mismatch(Func<Task> call) => Refusals.Refused(StatusCode.Aborted, ErrorReason.VersionMismatch, call);

    private Task<SetPreferencesResponse> Set(string email, Preferences preferences, string[] fields, string version = "") => Client.Consents.SetPreferencesAsync(
        new SetPreferencesRequest
        {
            RequestId = Requests.NewId(),
            Preferences = preferences,
            UpdateMask = new FieldMask { Paths = { fields } },
            ExpectedConsentVersion = version,
        },
        Client.AsCustomer(email)).ResponseAsync;
}
