using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using Source = CustomerContext.V1.Source;
using SourceKind = CustomerContext.V1.SourceKind;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>The sources that a customer lets send, as they are told.</summary>
internal static class SourceTranslator
{
    /// <summary>All of them, by name.</summary>
    public static IEnumerable<Source> ToProto(ConsentState consent, DateTimeOffset now)
    {
        var live = consent.Grants.Where(grant => !grant.HasEnded(now)).ToArray();
        var collect = consent.Preferences.Collect;
        return collect.Tenants
            .Select(tenant => SourceOf(tenant.Value, SourceKind.Tenant, live, grant => grant.Scope.Tenants.Contains(tenant)))
            .Concat(collect.Sources.Select(source => SourceOf(
                source.Value, source == SourceId.Customer ? SourceKind.Customer : SourceKind.Tenant, live, grant => grant.Scope.Contains(source))))
            .OrderBy(source => source.Source_, StringComparer.Ordinal);
    }

    private static Source SourceOf(string name, SourceKind kind, Grant[] live, Func<Grant, bool> shows) => new()
    {
        Source_ = name,
        Kind = kind,
        DisplayName = name,
        IsCollected = true,
        GrantIds = { live.Where(shows).Select(grant => grant.Id.Value) },
    };
}
