using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using StackExchange.Redis;

namespace Orleans.Reminders.Redis;

/// <summary>All reminders of a service in one sorted set; see <see cref="ReminderMember"/>.</summary>
internal sealed class RedisReminderTable(IOptions<RedisReminderTableOptions> options, IOptions<ClusterOptions> cluster) : IReminderTable, IDisposable
{
    /// <summary>Replaces all rows of one reminder. ARGV: range of members from, to; the new member.</summary>
    private const string UpsertScript =
        "redis.call('ZREMRANGEBYLEX', KEYS[1], '[' .. ARGV[1], '[' .. ARGV[2]) return redis.call('ZADD', KEYS[1], 0, ARGV[3])";

    private const string First = "\"00000000\",\"";
    private const string Last = "\"FFFFFFFF\",#";

    private readonly RedisReminderTableOptions _options = options.Value.Checked();
    private IConnectionMultiplexer? _connection;
    private IDatabase? _database;
    private bool _connectionIsShared;

    private IDatabase Database => _database ?? throw new InvalidOperationException("The reminder table is not open.");

    private RedisKey Key => $"{cluster.Value.ServiceId}/reminders";

    public Task StartAsync(CancellationToken cancellationToken) => Use(async () =>
    {
        (_connection, _connectionIsShared) = await _options.CreateMultiplexer(_options);
        _database = _connection.GetDatabase();
        return true;
    });

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        (await Rows(ReminderMember.Range(grainId, reminderName))).SingleOrDefault();

    public async Task<ReminderTableData> ReadRows(GrainId grainId) => new(await Rows(ReminderMember.Range(grainId)));

    public async Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        var (from, to) = (ReminderMember.EndOf(begin), ReminderMember.EndOf(end));
        return new(begin < end ? await Rows((from, to)) : (await Rows((from, Last))).Concat(await Rows((First, to))));
    }

    public Task<string?> UpsertRow(ReminderEntry entry) => Use<string?>(async () =>
    {
#pragma warning disable RS0030 // as the original makes them; only their inequality matters
        var eTag = Guid.NewGuid().ToString();
#pragma warning restore RS0030
        var (from, to) = ReminderMember.Range(entry.GrainId, entry.ReminderName);
        await Database.RunScript(UpsertScript, Key, [from, to, ReminderMember.Of(entry, eTag)]);
        return eTag;
    });

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => Use(async () =>
    {
        var (from, to) = ReminderMember.Range(grainId, reminderName, eTag);
        return await Database.SortedSetRemoveRangeByValueAsync(Key, from, to) > 0;
    });

    public Task TestOnlyClearTable() => Use(() => Database.KeyDeleteAsync(Key));

    public void Dispose()
    {
        if (!_connectionIsShared)
        {
            _connection?.Dispose();
        }
    }

    private static async Task<T> Use<T>(Func<Task<T>> operation)
    {
        try
        {
            return await operation();
        }
        catch (Exception error)
        {
            throw new RedisRemindersException($"{error.GetType()}: {error.Message}");
        }
    }

    private Task<ReminderEntry[]> Rows((string From, string To) range) => Use(async () =>
        Array.ConvertAll(await Database.SortedSetRangeByValueAsync(Key, range.From, range.To), member => ReminderMember.Parse(member!)));
}
