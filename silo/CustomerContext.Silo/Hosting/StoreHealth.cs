using CustomerContext.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CustomerContext.Silo.Hosting;

/// <summary>Whether the store makes a write durable now, and what survives a loss of power. For whoever asks: that is a write of the store.</summary>
internal sealed class StoreHealth(StoreProbe probe, StoreStatus status) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await probe.Trouble() is { } trouble
            ? HealthCheckResult.Unhealthy(trouble)
            : HealthCheckResult.Healthy($"durability: {status.Durability}");
}

/// <summary>Whether Redis could be used when it was last connected to (or, of the embedded store, whether its last write succeeded): what a silo tells by itself, every half minute, to those who watch gRPC's health method.</summary>
/// <remarks>It asks nothing of the store. A check that nobody asked for would log an error whenever a busy machine is slow.</remarks>
internal sealed class StoreSeen(StoreStatus status) : IHealthCheck
{
    /// <summary>Marks the check that runs by itself; it is no line of <c>/healthz</c>.</summary>
    public const string Tag = "by itself";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(status.Trouble is { } trouble ? HealthCheckResult.Unhealthy(trouble) : HealthCheckResult.Healthy());
}
