using CustomerContext.Silo.Access;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Calls;

/// <summary>Hands the caller from the door to the service.</summary>
internal static class CallerOf
{
    private static readonly object _key = new();

    /// <summary>Remembers who calls.</summary>
    public static void Set(HttpContext http, Caller caller) => http.Items[_key] = caller;

    /// <summary>The agent or service that calls.</summary>
    public static TenantCaller Tenant(ServerCallContext context) => (TenantCaller)context.UserState[_key];

    /// <summary>The customer who calls.</summary>
    public static CustomerCaller Customer(ServerCallContext context) => (CustomerCaller)context.UserState[_key];

    /// <summary>Whoever calls.</summary>
    public static Caller Any(ServerCallContext context) => (Caller)context.UserState[_key];
}
