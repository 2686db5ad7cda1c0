using System.Reflection;
using System.Runtime.InteropServices;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Config;
using CustomerContext.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Orleans;

namespace CustomerContext.Silo.Hosting;

/// <summary>Says what an operator must know once the process runs: versions, where it listens, the store, what is off, and what needs care.</summary>
internal sealed partial class StartNotice(
    SiloConfig config, CurrentAccess access, DeploymentKey key, StoreStatus store, IServer server, IHostApplicationLifetime lifetime, ILogger<StartNotice> log)
    : IHostedService
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
        Started(
            log,
            VersionOf(typeof(StartNotice)),
            VersionOf(typeof(IGrain)),
            RuntimeInformation.FrameworkDescription,
            addresses.FirstOrDefault() ?? "",
            addresses.ElementAtOrDefault(1) ?? "",
            config.Silo.ToString(),
            config.Redis is null ? "SQLite" : "Redis",
            store.Durability,
            string.Join(", ", Off()));
        if (config.Metrics is not null)
        {
            Metrics(log, addresses.LastOrDefault() ?? "");
        }

        if (config.Development)
        {
            Development(log);
        }
        else if (access.Now.Issuers.Count == 0)
        {
            NobodyCanCall(log);
        }

        if (key.Stored.IsNew)
        {
            NewKey(log);
        }
    }

    private IEnumerable<string> Off()
    {
        if (config.Certificate is null)
        {
            yield return "TLS of gRPC and HTTP";
        }

        if (config.Cluster is null)
        {
            yield return "cluster";
        }

        if (!config.Development)
        {
            yield return "development tokens";
        }

        if (access.Now.Issuers.Count == 0)
        {
            yield return "issuers";
        }

        if (!config.AsksOnDevices)
        {
            yield return "CIBA";
        }

        if (config.Otlp is null)
        {
            yield return "OTLP";
        }

        if (!config.HasTraces)
        {
            yield return "traces";
        }
    }

    /// <summary>As released; without the commit that a build may add.</summary>
    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+', ' ')[0].TrimEnd('.') ?? "";

    [LoggerMessage(200, LogLevel.Information, "CustomerContext {Version}, Orleans {Orleans}, {Runtime}: gRPC on {Grpc}, HTTP on {Http}, Orleans on {Silo} (mutual TLS), store {Store} ({Durability}); off: {Off}")]
    private static partial void Started(
        ILogger logger, string version, string orleans, string runtime, string grpc, string http, string silo, string store, StoreDurability durability, string off);

    [LoggerMessage(204, LogLevel.Information, "Metrics on {Metrics}, and nowhere else")]
    private static partial void Metrics(ILogger logger, string metrics);

    [LoggerMessage(201, LogLevel.Warning, "Development mode: whoever can read the data folder can make tokens for anybody. Loopback only.")]
    private static partial void Development(ILogger logger);

    [LoggerMessage(202, LogLevel.Warning, "A new identity.key was made in the data folder. Back it up apart from the data: losing it orphans every customer.")]
    private static partial void NewKey(ILogger logger);

    [LoggerMessage(203, LogLevel.Warning, "Nobody can call: no token is believed. Add Issuers to the tenants file, which counts at once (docs/access.md), or start with --development.")]
    private static partial void NobodyCanCall(ILogger logger);
}
