using System.Collections.Frozen;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Help;

namespace CustomerContext.Silo.Config;

/// <summary>The hosts whose pages are kept, of all tenants, checked: each leads to one of its tenant's sources, and a host is one tenant's only.</summary>
internal static class HelpHostsReader
{
    /// <summary>What <paramref name="tenants"/> say, by source, for the customers' own signals under <see cref="SourceId.Customer"/>; what is wrong goes to <paramref name="errors"/>.</summary>
    public static FrozenDictionary<SourceId, HelpHosts> Read(IReadOnlyList<TenantOptions> tenants, ConfigErrors errors)
    {
        var owners = new Dictionary<string, TenantId>(StringComparer.Ordinal);
        var bySource = new Dictionary<SourceId, Dictionary<string, TenantId>>();
        for (var i = 0; i < tenants.Count; i++)
        {
            var (tenant, id) = (tenants[i], new TenantId(tenants[i].Id));
            if (tenant.HelpHosts.Count > Limits.Help.Hosts)
            {
                errors.Add($"Tenants:{i}:HelpHosts", $"must be at most {Limits.Help.Hosts}");
            }

            for (var k = 0; k < tenant.HelpHosts.Count; k++)
            {
                var (options, key) = (tenant.HelpHosts[k], $"Tenants:{i}:HelpHosts:{k}");
                if (!HelpHosts.IsHost(options.Host))
                {
                    errors.Add($"{key}:Host", "must be the name of a host, in lower case, without scheme, port and path");
                }
                else if (owners.TryGetValue(options.Host, out var owner) && owner != id)
                {
                    errors.Add($"{key}:Host", "is another tenant's");
                }

                if (options.Sources.Count == 0)
                {
                    errors.Add($"{key}:Sources", "needs at least one");
                }

                owners[options.Host] = id;
                foreach (var name in options.Sources)
                {
                    if (!tenant.Sources.Contains(name))
                    {
                        errors.Add($"{key}:Sources", "must be sources of the tenant");
                    }

                    var source = SourceId.Of(id, name);
                    if (!bySource.TryGetValue(source, out var hosts))
                    {
                        bySource[source] = hosts = new Dictionary<string, TenantId>(StringComparer.Ordinal);
                    }

                    hosts[options.Host] = id;
                }
            }
        }

        bySource[SourceId.Customer] = owners;
        return bySource.ToFrozenDictionary(one => one.Key, one => new HelpHosts(one.Value.ToFrozenDictionary(StringComparer.Ordinal)));
    }
}
