using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Interactions;
using CustomerContext.Silo.Api.Consents;

namespace CustomerContext.Silo.Tests.Api;

/// <summary>What the sources of a customer are called for people.</summary>
public sealed class SourceTranslatorTests
{
    [Fact]
    public void ToProto_CompaniesSystemsAndNetworks_HaveTheNamesOfTheTenantsFile()
    {
        var collect = SourceScope.Of([new TenantId("acme"), new TenantId("gone")], [new SourceId("acme/crm"), SourceId.Customer]);
        var consent = ConsentState.None with { Preferences = Preferences.Off with { Collect = collect } };

        var sources = SourceTranslator.ToProto(
            consent, [new TenantId("mastodon")], tenant => tenant.Value switch { "acme" => "Acme AG", "mastodon" => "Mastodon", _ => null }, DateTimeOffset.UnixEpoch);

        Assert.Equal(
            [("acme", "Acme AG"), ("acme/crm", "Acme AG (crm)"), ("customer", "customer"), ("gone", "gone"), ("mastodon", "Mastodon")],
            sources.Select(source => (source.Source_, source.DisplayName)));
    }

    [Fact]
    public void ToProto_KeptForACall_SaysUntilWhen()
    {
        var until = DateTimeOffset.UnixEpoch.AddHours(4);
        var collect = SourceScope.Of([new TenantId("acme")], [SourceId.Customer]);
        var call = new CallCollect(new TenantId("acme"), "call-1", SourceScope.Of([new TenantId("acme")], []), until);
        var consent = ConsentState.None with { Preferences = Preferences.Off with { Collect = collect }, CollectUntil = [call] };

        var sources = SourceTranslator.ToProto(consent, [], _ => null, DateTimeOffset.UnixEpoch);

        Assert.Equal([("acme", until), ("customer", default(DateTimeOffset?))], sources.Select(source => (source.Source_, source.UntilTime?.ToDateTimeOffset())));
    }
}
