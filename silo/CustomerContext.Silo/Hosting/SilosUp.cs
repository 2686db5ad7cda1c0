using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;

namespace CustomerContext.Silo.Hosting;

/// <summary>How many silos serve now, this one included, as far as it knows.</summary>
internal sealed class SilosUp : IHealthCheck
{
    private volatile int _count = 1;

    /// <summary>At least 1.</summary>
    public int Count
    {
        get => _count;
        set => _count = Math.Max(value, 1);
    }

    /// <summary>A line for operators: it is always healthy, since the others may be away on purpose.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy($"{Count}"));
}

/// <summary>Follows the table of silos, in a cluster.</summary>
internal sealed class SilosFollowed(IClusterMembershipService membership, SilosUp silos) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            silos.Count = snapshot.Members.Values.Count(silo => silo.Status == SiloStatus.Active);
        }
    }
}
