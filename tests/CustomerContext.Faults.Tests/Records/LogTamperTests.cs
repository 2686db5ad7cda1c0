using System.Buffers.Binary;
using System.Security.Cryptography;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf;

namespace CustomerContext.Faults.Tests.Records;

/// <summary>Every way to tamper with a log is found offline, by a script that shares no code with the product.</summary>
public sealed class LogTamperTests(RunningSilo running) : IClassFixture<RunningSilo>, IAsyncLifetime, IDisposable
{
    private const int Looks = 6;

    private readonly TempFolder _folder = new();
    private ListDisclosuresResponse _log = null!;

    public async Task InitializeAsync()
    {
        var email = $"{Requests.NewId()}@example.org";
        await running.Client.MakeCustomer(email, "acme");
        for (var i = 0; i < Looks; i++)
        {
            await running.Client.Contexts.GetContextAsync(Requests.Lookup(email), running.Client.AsAgent());
        }

        _log = await LogFile.Read(running.Client, email);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verify_WholeLog_SaysSo()
    {
        Assert.Equal(Looks + 2, _log.Disclosures.Count);
        Assert.Equal($"whole {LogFile.Head(_log.ChainHead)}", await LogFile.Verify(_folder, _log, LogFile.Head(_log.ChainHead)));
    }

    [Fact]
    public Task Verify_BitOfARecordFlipped_Found() => Found("was changed", (_, records) => records[3].Record = Flipped(records[3].Record, 40));

    [Fact]
    public Task Verify_BitOfASaltFlipped_Found() => Found("was changed", (_, records) => records[3].Salt = Flipped(records[3].Salt, 0));

    [Fact]
    public Task Verify_BitOfACommitmentFlipped_Found() => Found("was changed", (_, records) => records[3].Commitment = Flipped(records[3].Commitment, 31));

    [Fact]
    public Task Verify_BitOfAHashFlipped_Found() => Found("has another hash", (_, records) => records[3].Hash = Flipped(records[3].Hash, 7));

    [Fact]
    public Task Verify_EpochLowered_Found() => Found("goes back behind", (_, records) => records[5].ConsentEpoch = 0);

    [Fact]
    public Task Verify_RecordDropped_Found() => Found("is missing", (_, records) => records.RemoveAt(3));

    [Fact]
    public Task Verify_FirstRecordDropped_Found() => Found("is missing", (_, records) => records.RemoveAt(0));

    [Fact]
    public Task Verify_RecordsReordered_Found() => Found("is missing", (_, records) => (records[2], records[3]) = (records[3], records[2]));

    [Fact]
    public Task Verify_ReorderedAndRenumbered_Found() => Found("does not follow", (_, records) =>
    {
        (records[2], records[3]) = (records[3], records[2]);
        (records[2].Sequence, records[3].Sequence) = (records[3].Sequence, records[2].Sequence);
    });

    [Fact]
    public Task Verify_TruncatedWithAHeadOfItsOwn_FoundByTheKeptEnd() => Found("ends at", (log, records) =>
    {
        records.RemoveAt(records.Count - 1);
        log.ChainHead = new ChainHead { Sequence = records[^1].Sequence, Hash = records[^1].Hash };
    });

    [Fact]
    public Task Verify_ForkedSoundly_FoundByTheKeptEnd() => Found("forked", (log, records) => Forge(log, records, 3));

    [Fact]
    public async Task Verify_ForkedSoundlyWithoutAKeptEnd_LooksWhole()
    {
        var log = _log.Clone();
        Tamper(log, records => Forge(log, records, 3));

        Assert.StartsWith("whole", await LogFile.Verify(_folder, log), StringComparison.Ordinal);
    }

    private async Task Found(string fault, Action<ListDisclosuresResponse, List<Disclosure>> tamper)
    {
        var log = _log.Clone();
        Tamper(log, records => tamper(log, records));

        Assert.Contains(fault, await LogFile.Verify(_folder, log, LogFile.Head(_log.ChainHead)), StringComparison.Ordinal);
    }

    private static void Tamper(ListDisclosuresResponse log, Action<List<Disclosure>> tamper)
    {
        var records = log.Disclosures.Reverse().ToList();
        tamper(records);
        records.Reverse();
        log.Disclosures.Clear();
        log.Disclosures.Add(records);
    }

    /// <summary>Another history from <paramref name="from"/> on, every hash of it right.</summary>
    private static void Forge(ListDisclosuresResponse log, List<Disclosure> records, int from)
    {
        for (var i = from; i < records.Count; i++)
        {
            var record = records[i];
            record.Record = ByteString.CopyFromUtf8($$"""{"forged":{{i}}}""");
            record.Commitment = ByteString.CopyFrom(SHA256.HashData([.. record.Salt, .. record.Record]));
            record.PreviousHash = records[i - 1].Hash;
            record.Hash = ByteString.CopyFrom(SHA256.HashData(
                [.. record.PreviousHash, .. BigEndian(record.Sequence), .. BigEndian(record.ConsentEpoch), .. record.Commitment]));
        }

        log.ChainHead = new ChainHead { Sequence = records[^1].Sequence, Hash = records[^1].Hash };
    }

    private static byte[] BigEndian(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    private static ByteString Flipped(ByteString bytes, int at)
    {
        var flipped = bytes.ToByteArray();
        flipped[at] ^= 1;
        return ByteString.CopyFrom(flipped);
    }
}
