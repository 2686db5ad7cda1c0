using System.Diagnostics;
using System.Text;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Ledger;
using CustomerContext.Storage.Tests.Conformance;
using CustomerContext.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerContext.Storage.Tests.Sqlite;

/// <summary>Which files are opened, and what is left in them.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string File => _folder.File("store.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_SecondTime_RefusedUntilTheFirstIsClosed()
    {
        await using (var first = SqliteUnderTest.Open(File))
        {
            await first.GetRequiredService<ILedger>().Append(Given.NewCustomer(), 1);
            Assert.Contains("in use by another process", Refused(), StringComparison.Ordinal);
        }

        await using var second = SqliteUnderTest.Open(File);
        Assert.Null(await second.GetRequiredService<ILedger>().ReadAsync(Given.NewCustomer()));
    }

    [Fact]
    public async Task Open_AnotherProcessHasIt_RefusedUntilThatDies()
    {
        var start = new ProcessStartInfo("flock", [File + ".lock", "sh", "-c", "echo held; cat"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var other = Process.Start(start)!;
        Assert.Equal("held", await other.StandardOutput.ReadLineAsync());

        Assert.Contains("in use by another process", Refused(), StringComparison.Ordinal);
        other.Kill(entireProcessTree: true);
        await other.WaitForExitAsync();
        await other.StandardOutput.ReadToEndAsync(); // Ends when the last of its processes has ended.

        await using var services = SqliteUnderTest.Open(File);
        Assert.NotNull(services.GetRequiredService<ILedger>());
    }

    [Fact]
    public async Task ScrubAsync_RowsHadMovedBetweenPages_NothingErasedIsLeft()
    {
        await using var services = SqliteUnderTest.Open(File);
        var ledger = services.GetRequiredService<ILedger>();
        var erased = new List<string>();
        var random = new Random(1);
        for (var number = 0; number < 60; number++)
        {
            // Keys in no order and records of any length, as in life: so pages are split in their midst.
            var customer = new CustomerKey($"{random.NextInt64():x16}{random.NextInt64():x16}");
            var text = $"call-about-{number:x4}-of-the-file";
            var head = ChainHead.Empty;
            var entries = new List<LedgerEntry>();
            while (entries.Count < 48)
            {
                var entry = Given.Entries(head, 1, 1, text + new string('.', random.Next(100, 400)))[0];
                entries.Add(entry);
                head = entry.Head;
                var state = await ledger.ReadAsync(customer);
                await ledger.AppendAsync(customer, state?.Version, state is null ? Given.Consent(1) : null, [entry]);
            }

            await ledger.EraseAsync(customer, [.. entries.Select(entry => entry.Erased())]);
            erased.Add(text);
        }

        await services.GetRequiredService<IStoreScrub>().ScrubAsync();

        var left = await Contents();
        Assert.DoesNotContain(erased, text => left.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);
    }

    [Fact]
    public void Open_NoDatabase_RefusedUntouched()
    {
        System.IO.File.WriteAllText(File, string.Concat(Enumerable.Repeat("This is a letter to my aunt. ", 500)));

        Assert.Contains("damaged or no store", UntouchedRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DatabaseOfAnotherProgram_RefusedUntouched()
    {
        Sql("CREATE TABLE song (title TEXT)");

        Assert.Contains("another program", UntouchedRefusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, "an older version")]
    [InlineData(1, "a newer version")]
    public async Task Open_AnotherFormat_RefusedUntouchedWithWhatToDo(int more, string what)
    {
        await Fill(10);
        Sql($"PRAGMA user_version={StoreFormat.Version + more}");

        var refusal = UntouchedRefusal();
        Assert.Contains(what, refusal, StringComparison.Ordinal);
        Assert.Contains("Start the version that wrote it, or begin anew", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    public async Task Open_DamagedInTheMiddle_RefusedUntouched(double where)
    {
        await Fill(300);
        using (var file = System.IO.File.OpenWrite(File))
        {
            file.Position = (long)(file.Length * where) / 4096 * 4096;
            file.Write(Encoding.ASCII.GetBytes(new string('x', 4096)));
        }

        Assert.Contains("damaged", UntouchedRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_CutOff_RefusedUntouched()
    {
        await Fill(300);
        using (var file = System.IO.File.OpenWrite(File))
        {
            file.SetLength(file.Length / 2);
        }

        Assert.Contains("damaged", UntouchedRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClearedState_Bytes_AreGoneFromTheFile()
    {
        const string Secret = "a-very-secret-word";
        var customer = Given.NewCustomer();
        await using (var services = SqliteUnderTest.Open(File))
        {
            var entries = Given.Entries(ChainHead.Empty, 1, 3, Secret);
            await services.GetRequiredService<ILedger>().AppendAsync(customer, null, Given.Consent(1), entries);
        }

        Assert.Contains(Secret, Encoding.Latin1.GetString(System.IO.File.ReadAllBytes(File)), StringComparison.Ordinal);
        Sql("PRAGMA secure_delete=ON; DELETE FROM log; PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(System.IO.File.ReadAllBytes(File)), StringComparison.Ordinal);
    }

    private string Refused()
    {
        using var services = SqliteUnderTest.Open(File);
        return Assert.Throws<StorageStartException>(() => services.GetRequiredService<ILedger>()).Message;
    }

    private string UntouchedRefusal()
    {
        var before = System.IO.File.ReadAllBytes(File);
        var message = Refused();
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
        return message;
    }

    private async Task Fill(int customers)
    {
        await using var services = SqliteUnderTest.Open(File);
        await Task.WhenAll(Enumerable.Range(0, customers).Select(_ => services.GetRequiredService<ILedger>().Append(Given.NewCustomer(), 3)));
    }

    private void Sql(string text)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private async Task<byte[]> Contents()
    {
        await using var file = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy);
        return copy.ToArray();
    }
}
