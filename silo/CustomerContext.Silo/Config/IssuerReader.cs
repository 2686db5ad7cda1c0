using System.Collections.Frozen;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;

namespace CustomerContext.Silo.Config;

/// <summary>One issuer, checked.</summary>
internal sealed class IssuerReader(ConfigErrors errors, string key)
{
    /// <summary>What <paramref name="options"/> say; what is wrong with them goes to the errors.</summary>
    public Issuer Read(IssuerOptions options, IReadOnlyCollection<TenantId> tenants)
    {
        Address(options.Issuer, "Issuer");
        if (options.Keys is { } keys)
        {
            Address(keys, "Keys");
        }

        if (options.Audience.Length == 0)
        {
            errors.Add($"{key}:Audience", "must not be empty");
        }

        if (options.Tenants.Count == 0 && !options.Customers)
        {
            errors.Add($"{key}:Tenants", "names nobody that its tokens could speak for: list tenants, or set Customers");
        }

        Each(options.Tenants, "Tenants", id => tenants.Contains(new TenantId(id)), "is not one of the tenants");
        Each(options.Algorithms, "Algorithms", SigningAlgorithms.All.Contains, $"is none of {string.Join(", ", SigningAlgorithms.All.Order())}");
        return new Issuer(
            options.Issuer,
            options.Audience,
            Uri.TryCreate(options.Keys, UriKind.Absolute, out var uri) ? uri : null,
            options.Tenants.Select(id => new TenantId(id)).ToFrozenSet(),
            options.Customers,
            options.Algorithms.Count == 0 ? SigningAlgorithms.All : options.Algorithms.ToFrozenSet(StringComparer.Ordinal),
            new ClaimNames(options.TenantClaim, options.ActorClaim, options.ActorTypeClaim, options.ClientClaim, options.ScopeClaim));
    }

    private void Each(IReadOnlyList<string> values, string name, Func<string, bool> isGood, string rule)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (!isGood(values[i]))
            {
                errors.Add($"{key}:{name}:{i}", rule);
            }
        }
    }

    private void Address(string text, string name)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || !IssuerAddress.IsSafe(uri))
        {
            errors.Add($"{key}:{name}", "must be an https address; http is for loopback only");
        }
    }
}
