using System.Collections.Frozen;
using CustomerContext.Domain;
using CustomerContext.Silo.Access;

namespace CustomerContext.Silo.Config;

/// <summary>Origins of the web pages of all tenants, checked.</summary>
internal static class OriginsReader
{
    /// <summary>What tenants say that are served; what is wrong with it goes to <paramref name="errors"/>.</summary>
    public static FrozenSet<string> Read(IReadOnlyList<TenantOptions> tenants, ConfigErrors errors)
    {
        for (var i = 0; i < tenants.Count; i++)
        {
            if (tenants[i].Origins.Count > Limits.Access.Origins)
            {
                errors.Add($"Tenants:{i}:Origins", $"must be at most {Limits.Access.Origins}");
            }

            for (var k = 0; k < tenants[i].Origins.Count; k++)
            {
                if (!IsOrigin(tenants[i].Origins[k]))
                {
                    errors.Add($"Tenants:{i}:Origins:{k}", "must be an https origin as browsers write it, without a path; http is for loopback only");
                }
            }
        }

        return tenants.Where(tenant => !tenant.Disabled).SelectMany(tenant => tenant.Origins).ToFrozenSet(StringComparer.Ordinal);
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && IssuerAddress.IsSafe(address) && address.GetLeftPart(UriPartial.Authority) == text && address.UserInfo.Length == 0;
}
