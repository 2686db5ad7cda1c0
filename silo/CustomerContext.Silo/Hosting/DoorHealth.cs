using System.Net;
using System.Net.Http.Headers;
using CustomerContext.Domain;
using CustomerContext.Silo.Config;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CustomerContext.Silo.Hosting;

/// <summary>
/// Whether the gRPC door lets somebody in who comes now: a connection of its own, and a call of gRPC's health method, as a caller would. Only for <c>/healthz</c>: that method does not ask itself.
/// </summary>
internal sealed class DoorHealth(SiloConfig config, IServer server, TimeProvider time) : IHealthCheck
{
    /// <summary>Marks checks that run only when /healthz is asked.</summary>
    public const string Tag = "door";

    private static readonly byte[] _emptyMessage = new byte[5];

    private readonly Lock _asking = new();
    private (Task<HealthCheckResult> Answer, long At)? _latest;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // Whoever asks very often does not make as many connections.
        lock (_asking)
        {
            if (_latest is not { } latest || (latest.Answer.IsCompleted && time.GetElapsedTime(latest.At) >= Limits.Doors.HealthKept))
            {
                _latest = latest = (Ask(), time.GetTimestamp());
            }

            return latest.Answer;
        }
    }

    private async Task<HealthCheckResult> Ask()
    {
        using var handler = new SocketsHttpHandler { ConnectTimeout = Limits.Doors.HealthAnswer };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == config.Certificate?.Certificate.GetCertHashString();
        using var client = new HttpClient(handler) { Timeout = Limits.Doors.HealthAnswer };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address(), "/grpc.health.v1.Health/Check"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(_emptyMessage),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        try
        {
            using var answer = await client.SendAsync(request);
            return HealthCheckResult.Healthy();
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("lets nobody in");
        }
    }

    /// <summary>Where the gRPC door listens, as this machine reaches it.</summary>
    private Uri Address()
    {
        // In the order in which Doors listens.
        var listens = new UriBuilder(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        if (IPAddress.TryParse(listens.Host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
        {
            listens.Host = address.Equals(IPAddress.Any) ? "127.0.0.1" : "[::1]";
        }

        return listens.Uri;
    }
}
