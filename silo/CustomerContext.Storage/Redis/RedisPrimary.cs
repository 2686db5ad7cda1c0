using CustomerContext.Domain;
using StackExchange.Redis;

namespace CustomerContext.Storage.Redis;

/// <summary>
/// The one server that this process uses, for everything and for as long as it lives: the one that was named, or the one that the Sentinels name first. No connection follows a failover by itself: a new
/// primary has what had reached it by then, and only a start compares that with the journal of withdrawals.
/// </summary>
internal sealed class RedisPrimary(RedisStoreOptions options, TimeProvider time) : IDisposable
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
    /// <exception cref="StorageStartException">No Sentinel knows.</exception>
    public async Task Find() =>
        _server ??= options.Access.Service is null
            ? options.Access.Servers[0]
            : await Named() ?? throw new StorageStartException("No Sentinel can be reached that knows the primary, or they refuse the user, the password or the certificate.");

    /// <summary>False if a Sentinel names another server by now. True if none can be asked: the server is still the one that was found.</summary>
    public async Task<bool> IsStill() => options.Access.Service is null || await Named() is not { } named || named == _server;

    public void Dispose() => _connection?.Dispose();

    private async Task<string?> Named()
    {
        var connection = await Sentinels();
        foreach (var sentinel in connection.GetServers().Where(server => server.IsConnected))
        {
            try
            {
                if (await sentinel.SentinelGetMasterAddressByNameAsync(options.Access.Service!).WaitAsync(Limits.Storage.RedisConnect, time) is { } address)
                {
                    return Format(address);
                }
            }
            catch (Exception error) when (error is RedisException or TimeoutException)
            {
                // Another one may answer; if none does, nobody knows.
            }
        }

        return null;
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
