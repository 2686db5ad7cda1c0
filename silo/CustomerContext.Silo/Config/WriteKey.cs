using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Config;

/// <summary>A key with which programs of the Segment specification send.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Source">The name of the source that everything sent with it comes from.</param>
/// <param name="IsSecret">False if browsers have it, so that anybody may: then only behaviour is taken.</param>
internal sealed record WriteKey(TenantId Tenant, string Source, bool IsSecret);
