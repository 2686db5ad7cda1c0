using CustomerContext.Silo.Access;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Calls;

/// <summary>Who calls, as the door let them in.</summary>
internal static class CallerOf
{
    /// <summary>The agent or service that calls.</summary>
    public static TenantCaller Tenant(ServerCallContext context) => (TenantCaller)Any(context);

    /// <summary>The customer who calls.</summary>
    public static CustomerCaller Customer(ServerCallContext context) => (CustomerCaller)Any(context);

    /// <summary>Whoever calls.</summary>
    public static Caller Any(ServerCallContext context) => context.GetHttpContext().Features.Get<AdmittedCall>()!.Caller;
}
