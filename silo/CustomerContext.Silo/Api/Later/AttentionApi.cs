using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Later;

/// <summary>Work that needs attention comes with a later version; <see cref="Calls.CallTable"/> says so to callers.</summary>
internal sealed class AttentionApi : AttentionService.AttentionServiceBase;
