using Grpc.AspNetCore.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Grpc.HealthCheck;

/// <summary>The status last published of every mapped service, and whoever waits for a change.</summary>
internal sealed class HealthBoard(IOptions<GrpcHealthChecksOptions> options) : IHealthCheckPublisher
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ServingStatus> _statuses = [];
    private TaskCompletionSource _changed = NewChange();

    /// <summary>The status, and a task that ends when any status changes.</summary>
    public (ServingStatus? Status, Task Changed) Read(string service)
    {
        lock (_gate)
        {
            return (_statuses.TryGetValue(service, out var status) ? status : null, _changed.Task);
        }
    }

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        TaskCompletionSource? changed = null;
        lock (_gate)
        {
            foreach (var mapping in options.Value.Services)
            {
                var status = Summarize(report.Entries.Where(entry => mapping.Includes(entry.Key, entry.Value.Tags)).Select(entry => entry.Value));
                if (!_statuses.TryGetValue(mapping.Name, out var before) || before != status)
                {
                    changed = _changed;
                    _statuses[mapping.Name] = status;
                }
            }

            if (changed is not null)
            {
                _changed = NewChange();
            }
        }

        changed?.SetResult();
        return Task.CompletedTask;
    }

    /// <summary>Degraded still serves; without any check nothing is known.</summary>
    public static ServingStatus Summarize(IEnumerable<HealthReportEntry> checks) => checks.Aggregate(
        ServingStatus.Unknown,
        (status, check) => status == ServingStatus.NotServing || check.Status == HealthStatus.Unhealthy
            ? ServingStatus.NotServing
            : ServingStatus.Serving);

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
