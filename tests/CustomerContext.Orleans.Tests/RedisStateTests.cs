using CustomerContext.Testing;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;
using StackExchange.Redis;

namespace CustomerContext.OrleansTestsTests;

public sealed class RedisStateTests : IAsyncLifetime
{
    private const string Key = "tests/state/note/one/note";

    private RedisServer _server = null!;
    private ConnectionMultiplexer _client = null!;

    private IDatabase Database => _client.GetDatabase();

    public async Task InitializeAsync()
    {
        _server = await RedisServer.Start();
        _client = await ConnectionMultiplexer.ConnectAsync(_server.EndPoint);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Write_NewState_IsAHashOfETagAndData()
    {
        await using var silo = await Start();
        await silo.Grain<INoteGrain>().Write("kept");
        var fields = (await Database.HashGetAllAsync(Key)).ToDictionary(field => (string)field.Name!, field => (string)field.Value!);
        Assert.Equal(["data", "etag"], fields.Keys.Order());
        Assert.Equal("kept", fields["data"]);
        Assert.Equal(fields["etag"], await silo.Grain<INoteGrain>().ETag());
        Assert.Equal(32, fields["etag"].Length);
    }

    [Fact]
    public async Task Read_RecordWrittenByTheOriginal_IsFound()
    {
        await Database.HashSetAsync(Key, [new("etag", "0123456789abcdef0123456789abcdef"), new("data", "from before")]);
        await using var silo = await Start();
        Assert.Equal("from before", await silo.Grain<INoteGrain>().ReadWhenActivated());
        await silo.Grain<INoteGrain>().Write("and after");
        Assert.Equal("and after", (string?)await Database.HashGetAsync(Key, "data"));
    }

    [Fact]
    public async Task Read_AnyOtherNumberOfFields_IsNoRecord()
    {
        await Database.HashSetAsync(Key, [new("etag", "1"), new("data", "text"), new("stray", "field")]);
        await using var silo = await Start();
        Assert.False(await silo.Grain<INoteGrain>().Exists());
        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Grain<INoteGrain>().Write("over it"));
    }

    [Fact]
    public async Task Write_OverANewerRecord_IsRefusedAndLeavesIt()
    {
        await using var silo = await Start();
        await silo.Grain<INoteGrain>().Write("mine");
        await Database.HashSetAsync(Key, [new("etag", "other"), new("data", "theirs")]);
        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Grain<INoteGrain>().Write("mine again"));
        Assert.Equal("theirs", await silo.Grain<INoteGrain>().Text());
    }

    [Fact]
    public async Task Clear_DeleteStateOnClear_DeletesTheKey()
    {
        await using var silo = await Start(deleteOnClear: true);
        await silo.Grain<INoteGrain>().Write("something");
        await silo.Grain<INoteGrain>().Clear();
        Assert.False(await Database.KeyExistsAsync(Key));
        Assert.Null(await silo.Grain<INoteGrain>().ETag());
        await silo.Grain<INoteGrain>().Write("anew");
        Assert.Equal("anew", await silo.Grain<INoteGrain>().Text());
    }

    [Fact]
    public async Task Clear_ByDefault_LeavesAnEmptyRecord()
    {
        await using var silo = await Start(deleteOnClear: false);
        await silo.Grain<INoteGrain>().Write("something");
        await silo.Grain<INoteGrain>().Clear();
        Assert.Equal("", (string?)await Database.HashGetAsync(Key, "data"));
        Assert.False(await silo.Grain<INoteGrain>().Exists());
        await silo.Grain<INoteGrain>().Reread();
        Assert.False(await silo.Grain<INoteGrain>().Exists());
        await silo.Grain<INoteGrain>().Write("anew");
        Assert.Equal("anew", await silo.Grain<INoteGrain>().Text());
    }

    [Fact]
    public async Task Write_ScriptsForgottenByTheServer_Works()
    {
        await using var silo = await Start();
        await silo.Grain<INoteGrain>().Write("one");
        await Database.ExecuteAsync("SCRIPT", "FLUSH");
        await silo.Grain<INoteGrain>().Write("two");
        Assert.Equal("two", (string?)await Database.HashGetAsync(Key, "data"));
    }

    [Fact]
    public async Task Write_ServerGone_IsAnOrleansException()
    {
        await using var silo = await Start();
        await silo.Grain<INoteGrain>().Write("one");
        await _server.Kill();
        var error = await Assert.ThrowsAsync<OrleansException>(() => silo.Grain<INoteGrain>().Write("two"));
        Assert.IsType<global::Orleans.Persistence.Redis.RedisStorageException>(error.InnerException);
    }

    private Task<TestSilo> Start(bool deleteOnClear = true) => TestSilo.Start(builder => builder.AddRedisGrainStorage("notes", options =>
    {
        options.ConfigurationOptions = ConfigurationOptions.Parse(_server.EndPoint);
        options.ConfigurationOptions.BacklogPolicy = BacklogPolicy.FailFast;
        options.GrainStorageSerializer = new NoteSerializer();
        options.DeleteStateOnClear = deleteOnClear;
    }));
}
