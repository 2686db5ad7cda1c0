using CustomerContext.Domain;
using CustomerContext.Grains.Durability;
using StackExchange.Redis;

namespace CustomerContext.Storage.Redis;

/// <summary>
/// The way to Redis: connected, durable enough, and the store that it was before. That is looked into at the first call and again after every loss
/// of the connection; until it holds, every call is unavailable. A reply that something is missing is believed only once <see cref="Confirm"/> has
/// seen the store's name after it. Once it was seen that the store went back to what it was earlier, nothing is answered any more: only a start compares it with the journal of withdrawals.
/// </summary>
internal sealed class RedisStore(RedisStoreOptions options, RedisPrimary primary, StoreStatus status, TimeProvider time, FailureReport failures) : IStoreStart, IDisposable
{
    private const string Unreachable = "Redis cannot be reached, or refuses the user, the password or the certificate.";

    private const string Back = "This Redis went back to what it was earlier, so it may have consent that was withdrawn since. Start the service anew: it then takes back what its journal says was taken back.";

    private const string OtherPrimary = "Another Redis is the primary now, which may lack what was acknowledged last. Start the service anew: it then takes back what its journal says was taken back.";

    private const string ClocksApart = "The clocks of this machine and of its Redis differ by more than a few seconds, so grants would begin and end at the wrong time. Set the clocks; the service then goes on by itself.";

    private const string Cluster = "This Redis is a Redis Cluster, which is not supported: nobody would notice that one of its parts was emptied or went back to what it was earlier.";

    private readonly CallGate _gate = new("Redis", time, failures);
    private readonly ReadTurns _turns = new("Redis", time, failures);
    private readonly StoreIdentity _identity = new(options);
    private readonly RedisBeat _beat = new(options.ClocksApart, time);
    private readonly Lock _lock = new();
    private Task<ConnectionMultiplexer>? _connecting;
    private ConnectionMultiplexer? _connection;
    private Task<IDatabase>? _ready;
    private long? _lostSince;
    private volatile string? _back;
    private long _apartAt; // 0: never

    public RedisStoreOptions Options => options;

    public async Task StartAsync()
    {
        try
        {
            await Ready();
        }
        catch (Exception error) when (error is not StorageStartException)
        {
            throw new StorageStartException($"Redis does not answer as it should. {error.Message}", error);
        }
    }

    /// <summary>The answer of <paramref name="call"/>.</summary>
    /// <exception cref="StoreUnavailableException">Unknown outcome.</exception>
    public Task<T> Run<T>(TimeSpan deadline, Func<IDatabase, Task<T>> call) => _gate.Run(deadline, () => Call(call));

    /// <summary>The same for a read that loads what is not in memory, in its turn.</summary>
    /// <exception cref="StoreUnavailableException">No answer.</exception>
    public Task<T> Load<T>(TimeSpan deadline, Func<IDatabase, Task<T>> read) => _turns.Run(() => Run(deadline, read));

    /// <summary>The same for a read that must be true now: at once, and never older than the deadline.</summary>
    /// <exception cref="StoreUnavailableException">No answer.</exception>
    public Task<T> ReadNow<T>(TimeSpan deadline, Func<IDatabase, Task<T>> read) => _gate.RunStrictly(deadline, () => Call(read));

    /// <summary>Call after a reply that something is missing, or was made anew: throws if the store has been emptied or exchanged by now.</summary>
    public async Task Confirm(IDatabase redis)
    {
        try
        {
            await _identity.Confirm(redis);
        }
        catch (StorageStartException error)
        {
            Forget(error.Message);
            throw;
        }
    }

    /// <summary>One small durable write that names nobody, and shows whether the store went back and whether its clock and ours agree.</summary>
    public async Task<bool> Beat(IDatabase redis)
    {
        if (!await primary.IsStill())
        {
            throw Refuse(OtherPrimary);
        }

        switch (await _beat.Next(redis))
        {
            case BeatResult.WentBack:
                throw await WentBack(redis);
            case BeatResult.ClocksApart:
                Interlocked.Exchange(ref _apartAt, time.GetTimestamp());
                Forget(ClocksApart);
                throw new StorageStartException(ClocksApart);
            default:
                return true;
        }
    }

    /// <summary>Call when the store has less than it was seen to have: what to throw.</summary>
    public async Task<StorageStartException> WentBack(IDatabase redis)
    {
        await Confirm(redis); // An emptied store is told by its name.
        return Refuse(Back);
    }

    public void Dispose() => _connection?.Dispose();

    private async Task<T> Call<T>(Func<IDatabase, Task<T>> call)
    {
        try
        {
            var answer = await call(await Ready());
            return _back is { } why ? throw new StorageStartException(why) : answer;
        }
        catch (RedisConnectionException)
        {
            Forget(Unreachable); // Most often before the client says so.
            throw;
        }
    }

    private Task<IDatabase> Ready()
    {
        lock (_lock)
        {
            return _ready = _ready is null or { IsFaulted: true } ? Prepare() : _ready;
        }
    }

    private async Task<IDatabase> Prepare()
    {
        await Task.Yield(); // Out of the lock.
        try
        {
            return await Look().WaitAsync(Limits.Storage.RedisPrepare, time);
        }
        catch (Exception error)
        {
            status.Trouble = error is StorageStartException ? error.Message : "Redis does not answer as it should.";
            if (status.Trouble != ClocksApart)
            {
                RenewIfLostForLong();
            }

            throw;
        }
    }

    private async Task<IDatabase> Look()
    {
        if (_back is { } why)
        {
            throw new StorageStartException(why);
        }

        // However often somebody calls, the clocks are not compared more often.
        if (Interlocked.Read(ref _apartAt) is not 0 and var at && time.GetElapsedTime(at) < Limits.Storage.WatchedEvery / 2)
        {
            throw new StorageStartException(ClocksApart);
        }

        var connection = await Connection();
        if (!connection.IsConnected)
        {
            throw new StorageStartException(Unreachable);
        }

        if (connection.GetServers().Any(server => server.IsConnected && server.ServerType == ServerType.Cluster))
        {
            throw new StorageStartException(Cluster);
        }

        status.Durability = await RedisDurability.Of(connection, options.AcceptLoss);
        var redis = connection.GetDatabase();
        await _identity.Establish(redis);
        await Beat(redis);
        _lostSince = null;
        status.Trouble = null;
        return redis;
    }

    private StorageStartException Refuse(string why)
    {
        _back = why;
        Forget(why);
        return new StorageStartException(why);
    }

    /// <summary>The client mends its connection by itself, but not always: one that has not found back for a while is given up for a new one.</summary>
    private void RenewIfLostForLong()
    {
        lock (_lock)
        {
            if (_back is not null)
            {
                return; // No connection helps.
            }

            _lostSince ??= time.GetTimestamp();
            if (time.GetElapsedTime(_lostSince.Value) >= Limits.Storage.RedisRenew)
            {
                _lostSince = null;
                _ = _connection?.CloseAsync(allowCommandsToComplete: false);
                _connection = null;
                _connecting = null;
            }
        }
    }

    /// <summary>There is one at a time; only if it could not even be made is it made anew at once.</summary>
    private Task<ConnectionMultiplexer> Connection()
    {
        lock (_lock)
        {
            return _connecting = _connecting is null or { IsFaulted: true } ? Connect() : _connecting;
        }
    }

    private async Task<ConnectionMultiplexer> Connect()
    {
        await primary.Find();
        var connection = await ConnectionMultiplexer.ConnectAsync(primary.Configuration());
        connection.ConnectionFailed += (_, _) => Forget(Unreachable);
        connection.ConnectionRestored += (_, _) => Forget("Redis is being looked at again.");
        return _connection = connection;
    }

    private void Forget(string trouble)
    {
        lock (_lock)
        {
            _ready = null;
            status.Trouble = _back ?? trouble;
        }
    }
}
