using Grpc.AspNetCore.HealthChecks;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Grpc.HealthCheck;

internal sealed class HealthService(
    HealthBoard board, HealthCheckService checks, IOptions<GrpcHealthChecksOptions> options, IHostApplicationLifetime lifetime)
    : Health.V1.Health.HealthBase
{
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        await CurrentAsync(request.Service, context.CancellationToken) is { } status
            ? new HealthCheckResponse { Status = status }
            : throw new RpcException(new Status(StatusCode.NotFound, ""));

    public override async Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        var stopping = options.Value.SuppressCompletionOnShutdown ? CancellationToken.None : lifetime.ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping);
        var (published, changed) = board.Read(request.Service);
        var status = await CurrentAsync(request.Service, context.CancellationToken) ?? ServingStatus.ServiceUnknown;
        await responseStream.WriteAsync(new HealthCheckResponse { Status = status });
        try
        {
            while (true)
            {
                await changed.WaitAsync(end.Token);
                (published, changed) = board.Read(request.Service);
                if (published is { } latest && latest != status)
                {
                    status = latest;
                    await responseStream.WriteAsync(new HealthCheckResponse { Status = status });
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            if (!context.CancellationToken.IsCancellationRequested)
            {
                await responseStream.WriteAsync(new HealthCheckResponse { Status = ServingStatus.NotServing });
            }
        }
    }

    private async Task<ServingStatus?> CurrentAsync(string service, CancellationToken cancellationToken)
    {
        if (options.Value.UseHealthChecksCache)
        {
            return board.Read(service).Status;
        }

        if (options.Value.Services.Find(service) is not { } mapping)
        {
            return null;
        }

        var report = await checks.CheckHealthAsync(check => mapping.Includes(check.Name, check.Tags), cancellationToken);
        return HealthBoard.Summarize(report.Entries.Values);
    }
}
