using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using StackExchange.Redis;

namespace CustomerContext.OrleansTestsTests;

public sealed class RedisReminderTests : IAsyncLifetime
{
    private RedisServer _server = null!;

    public async Task InitializeAsync() => _server = await RedisServer.Start();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Upsert_Row_IsAMemberAsTheOriginalWritesIt()
    {
        await using var silo = await Start();
        var table = silo.Services.GetRequiredService<IReminderTable>();
        var eTag = await table.UpsertRow(Row("a"));
        using var client = await ConnectionMultiplexer.ConnectAsync(_server.EndPoint);
        var member = Assert.Single(await client.GetDatabase().SortedSetRangeByRankAsync("tests/reminders"));
        var hash = GrainId.Create("reminder", "a").GetUniformHashCode().ToString("X8");
        Assert.Equal($"\"{hash}\",\"reminder/a\",\"wake\",\"{eTag}\",\"2026-01-02T03:04:05.0000000Z\",\"00:02:00\"", (string?)member);
    }

    [Fact]
    public async Task Rows_WrittenReadReplacedRemoved_AgreeWithTheTable()
    {
        await using var silo = await Start();
        var table = silo.Services.GetRequiredService<IReminderTable>();
        var first = await table.UpsertRow(Row("a"));
        var second = await table.UpsertRow(Row("a"));
        var other = await table.UpsertRow(Row("b"));
        Assert.NotEqual(first, second);
        Assert.Equal(second, (await table.ReadRow(GrainId.Create("reminder", "a"), "wake"))!.ETag);
        Assert.Null(await table.ReadRow(GrainId.Create("reminder", "a"), "other"));
        Assert.Single((await table.ReadRows(GrainId.Create("reminder", "b"))).Reminders);
        Assert.False(await table.RemoveRow(GrainId.Create("reminder", "b"), "wake", first!));
        Assert.True(await table.RemoveRow(GrainId.Create("reminder", "b"), "wake", other!));
        var left = Assert.Single((await table.ReadRows(0, 0)).Reminders);
        var written = Row("a");
        Assert.Equal((written.GrainId, written.StartAt, written.Period), (left.GrainId, left.StartAt, left.Period));
    }

    [Fact]
    public async Task ReadRows_OfARange_AreThoseAfterBeginUpToEnd()
    {
        await using var silo = await Start();
        var table = silo.Services.GetRequiredService<IReminderTable>();
        var hashes = new List<uint>();
        for (var key = 0; key < 20; key++)
        {
            var row = Row($"grain {key}");
            hashes.Add(row.GrainId.GetUniformHashCode());
            await table.UpsertRow(row);
        }

        hashes.Sort();
        Assert.Equal(hashes[6..11], await Hashes(table, hashes[5], hashes[10]));
        Assert.Equal(hashes[11..].Concat(hashes[..6]), await Hashes(table, hashes[10], hashes[5]));
    }

    [Fact]
    public async Task Reminder_OfAGrain_IsKeptInRedis()
    {
        await using (var silo = await Start())
        {
            await silo.Grain<IReminderGrain>().Remind("wake", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        }

        await using var next = await Start();
        Assert.Equal("wake", await next.Grain<IReminderGrain>().Names());
        await next.Grain<IReminderGrain>().Forget("wake");
        Assert.Equal("", await next.Grain<IReminderGrain>().Names());
    }

    private static ReminderEntry Row(string key) => new()
    {
        GrainId = GrainId.Create("reminder", key),
        ReminderName = "wake",
        StartAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        Period = TimeSpan.FromMinutes(2),
    };

    private static async Task<IEnumerable<uint>> Hashes(IReminderTable table, uint begin, uint end) =>
        (await table.ReadRows(begin, end)).Reminders.Select(row => row.GrainId.GetUniformHashCode());

    private Task<TestSilo> Start() => TestSilo.Start(builder =>
        builder.UseRedisReminderService(options => options.ConfigurationOptions = ConfigurationOptions.Parse(_server.EndPoint)));
}
