using CustomerContext.Domain;
using CustomerContext.Storage.Sqlite;
using CustomerContext.Testing;

namespace CustomerContext.Storage.Tests.Sqlite;

/// <summary>Writes that share a commit, wait, or are given up.</summary>
public sealed class SqliteWriterTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);
    private readonly TempFolder _folder = new();
    private readonly FakeTime _time = new();
    private readonly SqliteFile _file;
    private readonly SqliteWriter _writer;
    private readonly ManualResetEventSlim _begun = new();
    private readonly ManualResetEventSlim _released = new();

    public SqliteWriterTests()
    {
        _file = new SqliteFile(_folder.File("store.db"));
        _writer = new SqliteWriter(_file, new SqliteStoreOptions { Path = _folder.File("store.db") }, new StoreStatus(), _time, Reports.New(TimeProvider.System));
    }

    public void Dispose()
    {
        _writer.Dispose();
        _file.Dispose();
        _folder.Dispose();
        _begun.Dispose();
        _released.Dispose();
    }

    [Fact]
    public async Task Run_OneOfACommitFails_TheOthersAreDone()
    {
        var first = Hold();
        var good = Enumerable.Range(1, 5).Select(Insert).ToList();
        var bad = _writer.Run<int>(Deadline, _ => throw new InvalidOperationException("a mistake"));
        var twice = Insert(3);
        good.AddRange(Enumerable.Range(6, 5).Select(Insert));

        _released.Set();

        await first;
        Assert.All(await Task.WhenAll(good), rows => Assert.Equal(1, rows));
        Assert.IsType<InvalidOperationException>((await Assert.ThrowsAsync<StoreUnavailableException>(() => bad)).InnerException);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => twice);
        Assert.Equal(10, await Count());
    }

    [Fact]
    public async Task Run_GivenUpBeforeItsTurn_NeverDone()
    {
        var first = Hold();
        var waiting = Insert(1);

        await _time.Pass(Deadline, Task.WhenAll(first, waiting));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => first);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => waiting);
        _released.Set();

        Assert.Equal(0, await Count());
    }

    [Fact]
    public async Task Run_AsManyWaitingAsMayAndOneMore_LastRefusedAtOnce()
    {
        var first = Hold();
        var waiting = Enumerable.Range(1, Limits.Storage.WaitingCalls - 1).Select(Insert).ToArray();

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => Insert(Limits.Storage.WaitingCalls));
        Assert.Contains("too many", refused.Message, StringComparison.Ordinal);
        _released.Set();

        await first;
        await Task.WhenAll(waiting);
        Assert.Equal(Limits.Storage.WaitingCalls - 1, await Count());
    }

    /// <summary>
    /// Keeps the writer busy until released, so that what follows shares the next commit. Returns when the writer has begun: before that, what
    /// follows could still join the commit that is held.
    /// </summary>
    private Task<int> Hold()
    {
        var held = _writer.Run(Deadline, _ =>
        {
            _begun.Set();
            _released.Wait();
            return 0;
        });
        _begun.Wait();
        return held;
    }

    private Task<int> Insert(int number) => _writer.Run(Deadline, session =>
        session.Execute("INSERT INTO ledger (customer, epoch, sequence, head) VALUES (?1, 1, 1, ?2)", number.ToString("x32"), Array.Empty<byte>()));

    private Task<long> Count() => _writer.Run(Deadline, session => session.Query(row => row.GetInt64(0), "SELECT count(*) FROM ledger").Single());
}
