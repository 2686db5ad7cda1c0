using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using Google.Protobuf.WellKnownTypes;
using Source = CustomerContext.V1.Source;
using SourceKind = CustomerContext.V1.SourceKind;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>The sources that a customer lets send, as they are told.</summary>
internal static class SourceTranslator
{
    /// <summary>All of them by name, and then the networks that the customer could connect, or that are connected and may not collect.</summary>
    /// <param name="consent">What the customer allows.</param>
    /// <param name="networks">The networks that are configured.</param>
    /// <param name="nameOf">A company's or network's name for people; absent if it is not configured any more.</param>
    /// <param name="now">Now.</param>
    public static IEnumerable<Source> ToProto(ConsentState consent, IEnumerable<TenantId> networks, Func<TenantId, string?> nameOf, DateTimeOffset now)
    {
        var live = consent.Grants.Where(grant => !grant.HasEnded(now)).ToArray();
        var collect = consent.Preferences.Collect;
        Timestamp? UntilOf(Func<SourceScope, bool> has) => consent.CollectUntil.Where(one => has(one.Sources)).Select(one => one.Until.ToTimestamp()).Max();
        return collect.Tenants
            .Select(tenant => Connected(
                SourceOf(tenant.Value, nameOf(tenant), SourceKind.Tenant, live, grant => grant.Scope.Tenants.Contains(tenant), UntilOf(one => one.Tenants.Contains(tenant))), consent.Networks.FirstOrDefault(one => one.Network == tenant)))
            .Concat(collect.Sources.Select(source => SourceOf(
                source.Value, NameOf(source, nameOf), source == SourceId.Customer ? SourceKind.Customer : SourceKind.Tenant, live, grant => grant.Scope.Contains(source), UntilOf(one => one.Contains(source)))))
            .OrderBy(source => source.Source_, StringComparer.Ordinal)
            .Concat(networks.Where(network => !collect.Tenants.Contains(network)).OrderBy(network => network.Value, StringComparer.Ordinal).Select(network => Connected(
                new Source { Source_ = network.Value, Kind = SourceKind.Network, DisplayName = nameOf(network) ?? network.Value, GrantIds = { live.Where(grant => grant.Scope.Tenants.Contains(network)).Select(grant => grant.Id.Value) } },
                consent.Networks.FirstOrDefault(one => one.Network == network))));
    }

    /// <summary>A company's system: the company by its name, the system by its own.</summary>
    private static string? NameOf(SourceId source, Func<TenantId, string?> nameOf) =>
        source.Tenant is { } tenant && nameOf(tenant) is { } name ? $"{name} ({source.Value[(source.Value.IndexOf('/', StringComparison.Ordinal) + 1)..]})" : null;

    private static Source Connected(Source source, ConnectedNetwork? network)
    {
        if (network is not null)
        {
            (source.Kind, source.AccountId, source.SinceTime) = (SourceKind.Network, network.Account, network.Since.ToTimestamp());
        }

        return source;
    }

    private static Source SourceOf(string name, string? displayName, SourceKind kind, Grant[] live, Func<Grant, bool> shows, Timestamp? until) => new()
    {
        Source_ = name,
        Kind = kind,
        DisplayName = displayName ?? name,
        IsCollected = true,
        UntilTime = until,
        GrantIds = { live.Where(shows).Select(grant => grant.Id.Value) },
    };
}
