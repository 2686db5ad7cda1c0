using CustomerContext.Silo.Access;
using CustomerContext.Silo.Config;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CustomerContext.Silo.Hosting;

/// <summary>Says what an operator must know once the process runs: where it listens, that tokens are local, that a key was made.</summary>
internal sealed partial class StartNotice(
    SiloConfig config, DeploymentKey key, IServer server, IHostApplicationLifetime lifetime, ILogger<StartNotice> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Tell);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Tell()
    {
        // In the order in which Doors listens.
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses.ToArray() ?? [];
        Listening(log, addresses.FirstOrDefault() ?? "", addresses.LastOrDefault() ?? "", config.Redis is null ? "SQLite" : "Redis");
        if (config.Development)
        {
            Development(log);
        }

        if (key.IsNew)
        {
            NewKey(log);
        }
    }

    [LoggerMessage(200, LogLevel.Information, "gRPC on {Grpc}, HTTP on {Http}, store {Store}")]
    private static partial void Listening(ILogger logger, string grpc, string http, string store);

    [LoggerMessage(201, LogLevel.Warning, "Development mode: whoever can read the data folder can make tokens for anybody. Loopback only.")]
    private static partial void Development(ILogger logger);

    [LoggerMessage(202, LogLevel.Warning, "A new identity.key was made in the data folder. Back it up apart from the data: losing it orphans every customer.")]
    private static partial void NewKey(ILogger logger);
}
