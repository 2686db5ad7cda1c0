using StackExchange.Redis;

namespace CustomerContext.Benchmarks.Serving;

/// <summary>What a plain service does with Redis for one look.</summary>
internal sealed class RedisBaseline(string endPoint) : IDisposable
{
    private readonly ConnectionMultiplexer _connection = ConnectionMultiplexer.Connect(endPoint);

    private IDatabase Redis => _connection.GetDatabase();

    public Task Fill(IEnumerable<string> customers, byte[] value) => Task.WhenAll(customers.Select(customer => Redis.StringSetAsync(ValueOf(customer), value)));

    public async Task<byte[]> Get(string customer) => (await Redis.StringGetAsync(ValueOf(customer)))!;

    public Task Append(string customer, byte[] record) => Redis.ListRightPushAsync($"benchmark/{customer}/records", record);

    public void Dispose() => _connection.Dispose();

    private static string ValueOf(string customer) => $"benchmark/{customer}";
}
