using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Config;

/// <summary>The checked configuration: immutable, the only form that the rest of the process sees.</summary>
internal sealed record SiloConfig(
    string DataFolder,
    IPEndPoint Grpc,
    IPEndPoint Http,
    string? Redis,
    bool AcceptLoss,
    bool AcceptStore,
    bool Development,
    int? DemoCustomers,
    int SiloPort,
    int GatewayPort,
    FrozenDictionary<TenantId, Tenant> Tenants);

/// <summary>One company. <see cref="Sources"/> has at least one; the first is the default.</summary>
internal sealed record Tenant(TenantId Id, ImmutableArray<SourceId> Sources, FrozenSet<Purpose> Purposes);
