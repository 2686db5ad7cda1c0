using System.Collections.Frozen;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Config;

/// <summary>Write keys of all tenants, checked: each is one tenant's and leads to one of its sources.</summary>
internal static class WriteKeysReader
{
    /// <summary>What <paramref name="tenants"/> say; what is wrong with them goes to <paramref name="errors"/>.</summary>
    public static FrozenDictionary<string, WriteKey> Read(IReadOnlyList<TenantOptions> tenants, ConfigErrors errors)
    {
        var keys = new Dictionary<string, WriteKey>(StringComparer.Ordinal);
        for (var i = 0; i < tenants.Count; i++)
        {
            for (var k = 0; k < tenants[i].WriteKeys.Count; k++)
            {
                var (options, key) = (tenants[i].WriteKeys[k], $"Tenants:{i}:WriteKeys:{k}");
                var least = options.Secret ? Limits.Access.SecretKeyShortest : Limits.Access.WriteKeyShortest;
                if (options.Key.Length < least || options.Key.Length > Limits.Access.WriteKeyLength || options.Key.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
                {
                    errors.Add($"{key}:Key", $"must be {least} to {Limits.Access.WriteKeyLength} of A-Z, a-z, 0-9, '-' and '_'");
                }

                if (!tenants[i].Sources.Contains(options.Source))
                {
                    errors.Add($"{key}:Source", "must be one of the tenant's sources");
                }

                if (!keys.TryAdd(options.Key, new WriteKey(new TenantId(tenants[i].Id), options.Source, options.Secret)))
                {
                    errors.Add($"{key}:Key", "is there twice");
                }
            }
        }

        return keys.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
