using System.Buffers.Binary;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>The store's file belongs to one silo, and what a silo cannot read it does not touch.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private const string FileName = "customercontext.db";
    private const string Email = "file@example.org";

    // Where SQLite keeps user_version in the file's header, big-endian (sqlite.org/fileformat.html).
    private const int UserVersionAt = 60;

    private readonly TempFolder _data = new();

    [Fact]
    public async Task Start_FileHeldByAnotherSilo_IsRefusedAndTheFirstGoesOn()
    {
        await using var first = await SiloProcess.Start(_data.Path);
        using var client = new SiloClient(first);
        await client.MakeCustomer(Email, "acme");

        var refused = await Assert.ThrowsAsync<SiloStartException>(() => SiloProcess.Start(_data.Path));

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(FileName, refused.Output, StringComparison.Ordinal);
        Assert.Contains("another process", refused.Output, StringComparison.Ordinal);
        AssertIsOneClearMessage(refused);
        Assert.NotEmpty((await client.Contexts.GetContextAsync(Requests.Lookup(Email), client.AsAgent())).DisclosureId);
    }

    [Fact]
    public Task Start_CorruptFile_IsRefusedUntouched() => IsRefusedUntouched(bytes =>
    {
        new Random(Trials.Seed).NextBytes(bytes);
        return bytes;
    });

    [Fact]
    public Task Start_TruncatedFile_IsRefusedUntouched() => IsRefusedUntouched(bytes => bytes[..(bytes.Length / 2)]);

    [Fact]
    public Task Start_NotADatabase_IsRefusedUntouched() => IsRefusedUntouched(_ => "Dear diary, this is not a database."u8.ToArray());

    [Fact]
    public Task Start_FileOfANewerVersion_IsRefusedUntouched() => IsRefusedUntouched(bytes =>
    {
        var version = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(UserVersionAt));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(UserVersionAt), version + 1);
        return bytes;
    });

    public void Dispose() => _data.Dispose();

    private async Task IsRefusedUntouched(Func<byte[], byte[]> damage)
    {
        var file = _data.File(FileName);
        await MakeFile();
        var damaged = damage(await File.ReadAllBytesAsync(file));
        await File.WriteAllBytesAsync(file, damaged);

        var refused = await Assert.ThrowsAsync<SiloStartException>(() => SiloProcess.Start(_data.Path));

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(FileName, refused.Output, StringComparison.Ordinal);
        AssertIsOneClearMessage(refused);
        Assert.Equal(damaged, await File.ReadAllBytesAsync(file));
    }

    /// <summary>A file with a customer in it, whole by itself: a silo that ends in good order leaves no write-ahead log.</summary>
    private async Task MakeFile()
    {
        await using (var silo = await SiloProcess.Start(_data.Path))
        {
            using var client = new SiloClient(silo);
            await client.MakeCustomer(Email, "acme");
            await silo.Stop();
        }

        Assert.False(File.Exists(_data.File($"{FileName}-wal")), "The silo left its write-ahead log behind.");
    }

    private static void AssertIsOneClearMessage(SiloStartException refused) =>
        Assert.DoesNotContain("   at ", refused.Output, StringComparison.Ordinal);
}
