using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Text;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Config;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Http.Segment;

/// <summary>Finds the write key in the headers of a call: basic authentication, the key as the user, no password.</summary>
internal sealed class WriteKeyReader(CurrentAccess access, RateLimits rates, SiloConfig config)
{
    /// <summary>How keys begin that are good in development mode only: they are in the shipped file of tenants, where everybody knows them.</summary>
    private const string Demo = "demo-";

    private static readonly FrozenSet<string> _scopes = new[] { Scopes.SignalWrite }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The key that the call shows.</summary>
    /// <exception cref="RpcException">There is none, it is nobody's, or its company is not served.</exception>
    public WriteKey Find(HttpContext http)
    {
        var shown = KeyIn(http.Request.Headers.Authorization.ToString());
        if (shown is not null && access.Now.WriteKeys.TryGetValue(shown, out var key) && (config.Development || !shown.StartsWith(Demo, StringComparison.Ordinal)))
        {
            return access.Now.Admits(CallerOf(key)) ? key : throw RpcErrors.NotAllowed("The key's tenant is not served.");
        }

        var (connection, origin) = (http.Connection.Id, Origin.Of(http.Connection.RemoteIpAddress));
        if (rates.WaitOfForger(connection, origin) is { Ticks: > 0 } wait)
        {
            throw RpcErrors.RateLimited(wait);
        }

        rates.CountForgery(connection, origin);
        throw RpcErrors.NoWriteKey();
    }

    /// <summary>Who sends with <paramref name="key"/>: a program of its company.</summary>
    public static TenantCaller CallerOf(WriteKey key) => new(key.Tenant, $"write key of {key.Source}", IsPerson: false, _scopes) { Until = DateTimeOffset.MaxValue };

    private static string? KeyIn(string header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value) || !"Basic".Equals(value.Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[value.Parameter?.Length ?? 0];
        return Convert.TryFromBase64String(value.Parameter ?? "", bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count).TrimEnd(':') : null;
    }
}
