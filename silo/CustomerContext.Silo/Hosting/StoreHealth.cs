using CustomerContext.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CustomerContext.Silo.Hosting;

/// <summary>Whether the store can be used, and what survives a loss of power.</summary>
internal sealed class StoreHealth(StoreStatus status) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(status.Trouble is { } trouble
            ? HealthCheckResult.Unhealthy(trouble)
            : HealthCheckResult.Healthy($"durability: {status.Durability}"));
}
