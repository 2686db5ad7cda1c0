using System.Collections.Immutable;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Consents;

/// <summary>Which requests are remembered, so that a repeat is known: the customer's own and those of each tenant have room of their own, and nobody pushes out another's.</summary>
internal static class RecentRequests
{
    /// <summary>Between a tenant's name and its request id; no customer's request id has it.</summary>
    private const char OfTenant = '\n';

    /// <summary>The name under which a tenant's request is remembered.</summary>
    public static string NameOf(TenantId tenant, string requestId) => $"{tenant.Value}{OfTenant}{requestId}";

    /// <summary><paramref name="known"/>, oldest first, with <paramref name="request"/> as the latest.</summary>
    public static ImmutableArray<RecentRequest> With(ImmutableArray<RecentRequest> known, RecentRequest request)
    {
        var owner = OwnerOf(request);
        var left = Without(known, one => OwnerOf(one) == owner, owner is null ? Limits.Consents.RecentRequests : Limits.Consents.RecentRequestsPerTenant);
        left = owner is null ? left : Without(left, one => OwnerOf(one) is not null, Limits.Consents.RecentRequestsOfTenants);
        return left.Add(request);
    }

    /// <summary>The tenant's name; absent for the customer's own.</summary>
    private static string? OwnerOf(RecentRequest request) => request.RequestId.IndexOf(OfTenant, StringComparison.Ordinal) is > 0 and var at ? request.RequestId[..at] : null;

    /// <summary>Makes room for one of <paramref name="kind"/>: the oldest of them leave.</summary>
    private static ImmutableArray<RecentRequest> Without(ImmutableArray<RecentRequest> known, Func<RecentRequest, bool> kind, int most)
    {
        var oldest = known.Where(kind).SkipLast(most - 1).ToHashSet();
        return oldest.Count == 0 ? known : known.RemoveAll(oldest.Contains);
    }
}
