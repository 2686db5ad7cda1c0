using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Later;

/// <summary>Tribes come with a later version; <see cref="Calls.CallTable"/> says so to callers.</summary>
internal sealed class TribeApi : TribeService.TribeServiceBase;
