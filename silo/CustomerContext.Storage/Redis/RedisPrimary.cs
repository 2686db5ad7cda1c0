using CustomerContext.Domain;
using CustomerContext.Grains.Durability;
using StackExchange.Redis;

namespace CustomerContext.Storage.Redis;

/// <summary>
/// The one server that this process uses, for everything and for as long as it lives: the one that was named, or the one that the Sentinels name first. No connection follows a failover by itself: a new
/// primary has what had reached it by then, and only a start compares that with the journal of withdrawals.
/// </summary>
internal sealed class RedisPrimary(RedisStoreOptions options, FailureReport failures, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private Task<ConnectionMultiplexer>? _sentinels;
    private ConnectionMultiplexer? _connection;
    private volatile string? _server;

    /// <summary>How every connection to the server is made.</summary>
    /// <exception cref="StorageStartException">Sentinels have not been asked yet.</exception>
    public ConfigurationOptions Configuration() =>
        RedisConfiguration.Of(options.Access, [_server ?? throw new StorageStartException("The Sentinels have not named the primary yet.")]);

    /// <summary>Learns which server it is.</summary>
    /// <exception cref="StorageStartException">No Sentinel knows, or they name several.</exception>
    public async Task Find() =>
        _server ??= options.Access.Service is null
            ? options.Access.Servers[0]
            : await Named() switch
            {
                [var one] => one,
                [] => throw new StorageStartException("No Sentinel can be reached that knows the primary, or they refuse the user, the password or the certificate."),
                _ => throw new StorageStartException("The Sentinels do not agree which Redis is the primary."),
            };

    /// <summary>False if a Sentinel names another server by now: one that was cut off from the others may not know yet. True if none can be asked.</summary>
    public async Task<bool> IsStill() => options.Access.Service is null || (await Named()).All(server => server == _server);

    public void Dispose() => _connection?.Dispose();

    /// <summary>What the Sentinels that answer name, each server once.</summary>
    private async Task<string[]> Named()
    {
        var connection = await Sentinels();
        var answers = await Task.WhenAll(connection.GetServers().Where(server => server.IsConnected).Select(Ask));
        return [.. answers.OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private async Task<string?> Ask(IServer sentinel)
    {
        try
        {
            return await sentinel.SentinelGetMasterAddressByNameAsync(options.Access.Service!).WaitAsync(Limits.Storage.SentinelAnswer, time) is { } address ? Format(address) : null;
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            failures.Note("asking a Sentinel", error);
            return null;
        }
    }

    private Task<ConnectionMultiplexer> Sentinels()
    {
        lock (_lock)
        {
            return _sentinels = _sentinels is null or { IsFaulted: true } ? Connect() : _sentinels;
        }
    }

    private async Task<ConnectionMultiplexer> Connect()
    {
        var configuration = RedisConfiguration.Of(options.Access, options.Access.Servers);
        configuration.CommandMap = CommandMap.Sentinel;
        return _connection = await ConnectionMultiplexer.ConnectAsync(configuration);
    }

    private static string Format(System.Net.EndPoint address) => address switch
    {
        System.Net.DnsEndPoint name => $"{name.Host}:{name.Port}",
        _ => address.ToString()!,
    };
}
