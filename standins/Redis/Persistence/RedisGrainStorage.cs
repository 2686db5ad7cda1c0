using System.Text;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Persistence.Redis;
using Orleans.Runtime;
using Orleans.Storage;
using StackExchange.Redis;

namespace Orleans.Persistence;

/// <summary>
/// One hash per state slot with the fields <c>etag</c> and <c>data</c>, as the original keeps it: a hash with any other number of fields, or with empty
/// data, is no record.
/// </summary>
internal sealed class RedisGrainStorage(string name, RedisStorageOptions options, IOptions<ClusterOptions> cluster) : IGrainStorage, ISiloPart, IDisposable
{
    /// <summary>ARGV: the caller's ETag ('' = none), the new one, the data. 0 = done, -1 = the record has another ETag.</summary>
    private const string WriteScript = Guard + " redis.call('HMSET', KEYS[1], 'etag', ARGV[2], 'data', ARGV[3]) return 0";
    private const string DeleteScript = Guard + " redis.call('DEL', KEYS[1]) return 0";
    private const string Guard = "local stored = redis.call('HGET', KEYS[1], 'etag') or '' if stored ~= ARGV[1] then return -1 end";

    private readonly RedisStorageOptions _options = options.Checked(name);
    private IConnectionMultiplexer? _connection;
    private IDatabase? _database;
    private bool _connectionIsShared;

    private IDatabase Database => _database ?? throw new InvalidOperationException("The storage is not open.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            (_connection, _connectionIsShared) = await _options.CreateMultiplexer(_options);
            _database = _connection.GetDatabase();
        }
        catch (Exception error)
        {
            throw Failure("connect", error);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        try
        {
            var fields = await Database.HashGetAllAsync(Key(stateName, grainId));
            var found = fields.Length == 2;
            grainState.ETag = found ? (string?)Field(fields, "etag") : null;
            var data = found ? (byte[])Field(fields, "data")! : [];
            grainState.RecordExists = data.Length > 0;
            grainState.State = grainState.RecordExists ? _options.GrainStorageSerializer.Deserialize<T>(BinaryData.FromBytes(data)) : EmptyState.Of<T>();
        }
        catch (Exception error)
        {
            throw Failure("read", error);
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var next = NewETag();
        var state = grainState.State;
        await Change("write", WriteScript, stateName, grainId, grainState.ETag, () => [next, _options.GrainStorageSerializer.Serialize(state).ToArray()]);
        grainState.ETag = next;
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var next = _options.DeleteStateOnClear ? null : NewETag();
        await Change("clear", next is null ? DeleteScript : WriteScript, stateName, grainId, grainState.ETag, () => next is null ? [] : [next, ""]);
        grainState.ETag = next;
        grainState.State = EmptyState.Of<T>();
        grainState.RecordExists = false;
    }

    public void Dispose()
    {
        if (!_connectionIsShared)
        {
            _connection?.Dispose();
        }
    }

    private static RedisValue Field(HashEntry[] fields, string name) => Array.Find(fields, field => field.Name == name).Value;

#pragma warning disable RS0030 // as the original makes them; only their inequality matters
    private static string NewETag() => Guid.NewGuid().ToString("N");
#pragma warning restore RS0030

    private async Task Change(string verb, string script, string stateName, GrainId grainId, string? eTag, Func<RedisValue[]> values)
    {
        RedisResult answer;
        try
        {
            answer = await Database.RunScript(script, Key(stateName, grainId), [eTag ?? "", .. values()]);
        }
        catch (Exception error)
        {
            throw Failure(verb, error);
        }

        if ((int)answer == -1)
        {
            throw new InconsistentStateException($"Version conflict: cannot {verb} {stateName} of a grain of type {grainId.Type} over a newer record.");
        }
    }

    private RedisKey Key(string stateName, GrainId grainId) =>
        _options.GetStorageKey?.Invoke(stateName, grainId) ?? Encoding.UTF8.GetBytes($"{cluster.Value.ServiceId}/state/{grainId}/{stateName}");

    /// <summary>Without the cause as inner exception, as the original; and without the key, unlike it.</summary>
    private RedisStorageException Failure(string verb, Exception error) => new($"Failed to {verb} grain state in {name}. {error.GetType()}: {error.Message}");
}
