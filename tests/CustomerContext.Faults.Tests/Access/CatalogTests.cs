using CustomerContext.Faults.Tests.Limits;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Access;

/// <summary>What anybody may know: what is configured, in words, and nothing of a person.</summary>
public sealed class CatalogTests : IAsyncLifetime
{
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=";

    private const string Settings = $$"""
        "Tenants": [
          { "Id": "acme", "DisplayName": "Acme & Söhne", "Logo": "data:image/png;base64,{{Pixel}}", "Sources": [ "crm", "chat" ], "Purposes": [ "service.support", "sales.advice" ],
            "Traits": [ { "Name": "x-loyalty", "Text": "Points in the loyalty programme" } ] },
          { "Id": "globex", "Sources": [ "helpdesk" ], "Purposes": [ "service.support" ] },
          { "Id": "hidden", "Sources": [ "crm" ], "Disabled": true } ]
        """;

    private ServedSilo _served = null!;

    public async Task InitializeAsync() => _served = await ServedSilo.Start(Settings);

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Fact]
    public async Task GetCatalog_WithoutAToken_NamesWhatThereIsInWords()
    {
        var catalogue = await _served.Client.Catalogue.GetCatalogAsync(new GetCatalogRequest());

        Assert.Equal(["acme", "globex"], catalogue.Companies.Select(company => company.Tenant));
        var acme = catalogue.Companies[0];
        Assert.Equal(("Acme & Söhne", true), (acme.DisplayName, acme.HasLogo));
        Assert.Equal(["sales.advice", "service.support"], acme.Purposes);
        Assert.Equal(["crm", "chat"], acme.Sources);
        Assert.Equal(("globex", false), (catalogue.Companies[1].DisplayName, catalogue.Companies[1].HasLogo));
        Assert.Equal(["this-call", "when-we-talk", "always"], catalogue.Presets.Select(preset => preset.Preset));
        Assert.Equal([true, true, false], catalogue.Presets.Select(preset => preset.CanBeRequested));
        Assert.Equal(Enum.GetValues<Facet>().Where(facet => facet != Facet.Unspecified), catalogue.Facets.Select(facet => facet.Facet));
        Assert.DoesNotContain(Facet.Sentiment, catalogue.Purposes.Single(purpose => purpose.Purpose == "sales.advice").Facets);
        Assert.True(catalogue.Purposes.Single(purpose => purpose.Purpose == "marketing.offer").IsOutreach);
        Assert.Contains(catalogue.Traits, trait => trait is { Name: "please_do_not", HasManyValues: true } && trait.Values.Any(value => value.Name == "call_before_noon"));
        Assert.DoesNotContain(catalogue.Traits, trait => trait.Name.StartsWith("x-", StringComparison.Ordinal));
        Assert.Contains(catalogue.Channels, channel => channel is { Name: "phone", Text: "phone" });
        Assert.Contains(catalogue.Actions, action => action.Name == "helped");
        Assert.Equal(("2026-11", "en"), Assert.Single(catalogue.Notices.Select(notice => (notice.Version, notice.Language))));
        Assert.NotEmpty(catalogue.Tribes);
        Assert.Contains(catalogue.Limits, limit => limit is { Name: "live_grants", Value: 64, Unit: "grants" });
        Assert.InRange(catalogue.Version.Length, 1, 64);
        Assert.All(
            catalogue.Purposes.Select(one => one.Text).Concat(catalogue.Facets.SelectMany(one => (string[])[one.Title, one.Text])).Concat(catalogue.Traits.Select(one => one.Text)).Concat(catalogue.Channels.Concat(catalogue.Actions).Select(one => one.Text)),
            text => Assert.InRange(text.Length, 1, 200));
    }

    [Theory]
    [InlineData("de", "de", "Stimmung")]
    [InlineData("fr-CH", "fr", "Humeur")]
    [InlineData("nl", "en", "Mood")]
    public async Task GetCatalog_InALanguage_IsInItsWords(string asked, string language, string title)
    {
        var catalogue = await _served.Client.Catalogue.GetCatalogAsync(new GetCatalogRequest { Language = asked });

        Assert.Equal((language, title), (catalogue.Language, catalogue.Facets[0].Title));
    }

    [Fact]
    public async Task GetCatalog_OfATenantsToken_HasItsOwnTraitsLastAndNobodyElses()
    {
        var own = await _served.Client.Catalogue.GetCatalogAsync(new GetCatalogRequest(), _served.Client.AsAgent());
        var others = await _served.Client.Catalogue.GetCatalogAsync(new GetCatalogRequest(), _served.Client.AsAgent("globex"));

        Assert.Equal(("x-loyalty", "Points in the loyalty programme"), (own.Traits[^1].Name, own.Traits[^1].Text));
        Assert.DoesNotContain(others.Traits, trait => trait.Name.StartsWith("x-", StringComparison.Ordinal));
        Assert.NotEqual(own.Version, others.Version);
    }

    [Fact]
    public async Task GetCatalog_LanguageTooLong_Invalid()
    {
        await _served.Client.Catalogue.GetCatalogAsync(new GetCatalogRequest { Language = new string('e', 35) });

        await Refusals.Invalid("language", () => _served.Client.Catalogue.GetCatalogAsync(new GetCatalogRequest { Language = new string('e', 36) }).ResponseAsync);
    }

    [Fact]
    public async Task GetLogo_OfACompany_IsItsPicture()
    {
        var logo = await _served.Client.Catalogue.GetLogoAsync(new GetLogoRequest { Tenant = "acme" });

        Assert.Equal(("image/png", Pixel), (logo.MediaType, logo.Content.ToBase64()));
    }

    [Theory]
    [InlineData("globex")]
    [InlineData("hidden")]
    [InlineData("nobody")]
    public Task GetLogo_NoneThere_NotFound(string tenant) => Refusals.Refused(
        StatusCode.NotFound, ErrorReason.NotFound, () => _served.Client.Catalogue.GetLogoAsync(new GetLogoRequest { Tenant = tenant }).ResponseAsync);
}
