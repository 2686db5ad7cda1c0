using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Later;

/// <summary>The catalogue comes with a later version; <see cref="Calls.CallTable"/> says so to callers.</summary>
internal sealed class CatalogApi : CatalogService.CatalogServiceBase;
