using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Ledger;
using CustomerContext.Storage.Sqlite;
using CustomerContext.Storage.Tests.Conformance;
using CustomerContext.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerContext.Storage.Tests.Sqlite;

/// <summary>The log, what of it is folded into tables by customer, and who may write into it.</summary>
public sealed class SqliteLogTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string File => _folder.File("store.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Append_AsManyAsMayBeUnfoldedAndOneMore_SomeAreFoldedThen()
    {
        await using var services = SqliteUnderTest.Open(File);
        var ledger = services.GetRequiredService<ILedger>();
        var customer = Given.NewCustomer();
        for (var left = Limits.Storage.UnfoldedRows; left > 0; left -= 512)
        {
            await ledger.Append(customer, 512);
        }

        await WriteNothing(services);
        Assert.Equal(0, Number("SELECT count(*) FROM place"));

        await ledger.Append(customer, 1);

        await WriteNothing(services);
        Assert.Equal(Limits.Storage.FoldedAtOnce, Number("SELECT count(*) FROM place"));
        Assert.Equal(Limits.Storage.FoldedAtOnce, Number("SELECT value FROM note WHERE name = 'folded'"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10_000)]
    public async Task Append_HoweverMuchIsFolded_ReadListedAndGoneOnAlike(int unfolded)
    {
        var customers = Enumerable.Range(0, 5).Select(_ => Given.NewCustomer()).ToArray();
        await using (var services = Open(unfolded))
        {
            await Fill(services, customers);
            await Check(services, customers, rounds: 1);
        }

        await using (var services = Open(unfolded))
        {
            await Check(services, customers, rounds: 1);
            await Fill(services, customers);
            await Check(services, customers, rounds: 2);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    public async Task EraseAndPrune_HoweverMuchIsFolded_DoneToWhatIsMeant(int unfolded)
    {
        var (one, other) = (Given.NewCustomer(), Given.NewCustomer());
        await using (var services = Open(unfolded))
        {
            var ledger = services.GetRequiredService<ILedger>();
            await Fill(services, [one, other]);
            var entries = await ledger.ListAsync(one, 7, 2); // 6 and 5
            await Task.WhenAll(
                ledger.EraseAsync(one, [entries[1].Erased(), entries[0].Erased()]),
                ledger.PruneAsync(other, new Checkpoint((await ledger.ListAsync(other, 6, 1))[0].Head, DateTimeOffset.UnixEpoch, "signature")));
            await Check(ledger);
        }

        await using (var services = Open(unfolded))
        {
            await Check(services.GetRequiredService<ILedger>());
        }

        async Task Check(ILedger ledger)
        {
            Assert.Equal([6L, 5L], (await ledger.ListAsync(one, long.MaxValue, 100)).Where(entry => entry.IsErased).Select(entry => entry.Sequence));
            Assert.Equal([8L, 7L, 6L], (await ledger.ListAsync(other, long.MaxValue, 100)).Select(entry => entry.Sequence));
            Assert.Equal(5, (await ledger.ReadAsync(other))!.Checkpoint!.Head.Sequence);
            Assert.Equal(8, (await ledger.ReadAsync(other))!.Head.Sequence);
        }
    }

    [Theory]
    [InlineData(6, 2)]
    [InlineData(5, 3)]
    public async Task Append_VersionThatNeverWas_ConflictAndNothingChanged(long epoch, long sequence)
    {
        await using var services = Open(10_000);
        var (ledger, customer, unknown) = (services.GetRequiredService<ILedger>(), Given.NewCustomer(), Given.NewCustomer());
        var before = await ledger.Append(customer, 2, newEpoch: 5);

        var entries = Given.Entries(new ChainHead(sequence, Digest.Zero), 7, 2);
        Assert.Equal(AppendOutcome.Conflict, await ledger.AppendAsync(customer, new LedgerVersion(epoch, sequence), Given.Consent(7), entries));
        Assert.Equal(AppendOutcome.Conflict, await ledger.AppendAsync(unknown, new LedgerVersion(epoch, sequence), null, entries));

        Assert.Equal(before.Head, (await ledger.ReadAsync(customer))!.Head);
        Assert.Null(await ledger.ReadAsync(unknown));
    }

    [Fact]
    public async Task Append_ConsentChangedAfterTheLastEntry_TheNextExpectsTheNewEpoch()
    {
        var customer = Given.NewCustomer();
        var entries = Given.Entries(ChainHead.Empty, 1, 2);
        await using (var services = Open(10_000))
        {
            await services.GetRequiredService<ILedger>().AppendAsync(customer, null, Given.Consent(2), [entries[0]]);
        }

        await using (var services = Open(10_000))
        {
            var ledger = services.GetRequiredService<ILedger>();
            Assert.Equal(AppendOutcome.Applied, await ledger.AppendAsync(customer, new LedgerVersion(2, 1), null, [entries[1]]));
            Assert.Equal(new LedgerVersion(2, 2), (await ledger.ReadAsync(customer))!.Version);
        }
    }

    [Fact]
    public async Task Append_AllIsPrunedAndTheStoreReopened_ChainGoesOn()
    {
        var customer = Given.NewCustomer();
        await using (var services = Open(10_000))
        {
            var ledger = services.GetRequiredService<ILedger>();
            await ledger.PruneAsync(customer, new Checkpoint((await ledger.Append(customer, 3)).Head, DateTimeOffset.UnixEpoch, "signature"));
        }

        await using (var services = Open(10_000))
        {
            var state = await services.GetRequiredService<ILedger>().Append(customer, 2);
            Assert.Equal((5L, 3L), (state.Head.Sequence, state.Checkpoint!.Head.Sequence));
        }
    }

    [Fact]
    public async Task Append_AnotherProcessWroteIntoTheLog_NothingIsReadOrWrittenAnyMore()
    {
        await using var services = Open(10_000);
        var (ledger, customer) = (services.GetRequiredService<ILedger>(), Given.NewCustomer());
        var state = await ledger.Append(customer, 3);

        Sql("INSERT INTO log VALUES (4, 'another', x'00')");

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.AppendAsync(customer, state.Version, null, Given.Entries(state.Head, 1, 1)));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.ReadAsync(customer));
        Assert.Contains("Another process writes", services.GetRequiredService<StoreStatus>().Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_RowOfTheLogIsMissing_Refused()
    {
        await using (var services = Open(10_000))
        {
            await services.GetRequiredService<ILedger>().Append(Given.NewCustomer(), 3);
        }

        Sql("DELETE FROM log WHERE row = 2");

        await using var damaged = Open(10_000);
        Assert.Contains("gap", Assert.Throws<StorageStartException>(() => damaged.GetRequiredService<ILedger>()).Message, StringComparison.Ordinal);
    }

    /// <summary>Eight entries each, in turn.</summary>
    private static async Task Fill(IServiceProvider services, CustomerKey[] customers)
    {
        for (var round = 0; round < 4; round++)
        {
            foreach (var customer in customers)
            {
                await services.GetRequiredService<ILedger>().Append(customer, 2, newEpoch: round == 1 ? await Epoch(services, customer) + 1 : null);
            }
        }
    }

    private static async Task<long> Epoch(IServiceProvider services, CustomerKey customer) =>
        (await services.GetRequiredService<ILedger>().ReadAsync(customer))!.Version.Epoch;

    private static async Task Check(IServiceProvider services, CustomerKey[] customers, int rounds)
    {
        var ledger = services.GetRequiredService<ILedger>();
        foreach (var customer in customers)
        {
            var state = (await ledger.ReadAsync(customer))!;
            Assert.Equal(new LedgerVersion(1 + rounds, 8 * rounds), state.Version);
            Assert.Equal(state.Version.Epoch, state.Consent.Epoch);
            var chain = await ledger.ListAsync(customer, long.MaxValue, 100);
            Assert.Equal(8 * rounds, chain.Length);
            Assert.Null(Chain.Verify(ChainHead.Empty, chain.Reverse(), state.Head));
            Assert.Equal(chain.Skip(3).Take(4).Select(entry => entry.Hash), (await ledger.ListAsync(customer, chain[2].Sequence, 4)).Select(entry => entry.Hash));
        }
    }

    /// <summary>The writer folds before it takes the next write.</summary>
    private static Task WriteNothing(IServiceProvider services) => services.GetRequiredService<IStoreNotes>().WriteAsync("test", "");

    private ServiceProvider Open(int unfolded) =>
        SqliteUnderTest.Open(new SqliteStoreOptions { Path = File, LedgerDeadline = TimeSpan.FromSeconds(30), UnfoldedRows = unfolded });

    private long Number(string query)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private void Sql(string text)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
