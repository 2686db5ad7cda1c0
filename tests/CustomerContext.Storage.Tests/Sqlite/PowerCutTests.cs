using CustomerContext.Grains.Ledger;
using CustomerContext.Storage.Sqlite;
using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace CustomerContext.Storage.Tests.Sqlite;

/// <summary>Power that goes off at any moment, and disks that refuse: nothing acknowledged is lost, nothing is made up.</summary>
public sealed class PowerCutTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>Cuts of what was recorded once.</summary>
    private const int CutsOfOne = 100;

    private const int Writes = 60;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_PowerWentOff_AllThatWasAcknowledgedAndNothingElse()
    {
        var cuts = Trials.Count("CC_POWER_CUTS", 60);
        var random = new Random(Trials.Seed);
        for (var done = 0; done < cuts; done += CutsOfOne)
        {
            var (load, steps, first) = await Record(random.Next(), refuse: null);
            for (var cut = done; cut < Math.Min(cuts, done + CutsOfOne); cut++)
            {
                await AssertHolds(load, steps, random.Next(first, steps.Length + 1), random);
            }

            output.WriteLine($"{steps.Length} steps, {steps.Count(step => step.IsFlush)} of them flushes");
        }
    }

    [Fact]
    public async Task Open_DiskRefusedWritesAndFlushesAndPowerWentOff_AllThatWasAcknowledgedAndNothingElse()
    {
        var random = new Random(Trials.Seed + 1);
        for (var trial = Trials.Count("CC_POWER_CUTS", 60) / 2; trial > 0; trial--)
        {
            var refusals = new Random(random.Next());
            var rate = refusals.Next(3, 60);
            var flushesToo = refusals.Next(3) > 0;
            var (load, steps, first) = await Record(random.Next(), (_, isFlush) =>
                refusals.Next(rate) == 0 && (flushesToo || !isFlush) ? refusals.Next(2) == 0 && !isFlush : null);
            output.WriteLine($"{steps.Length} steps, {steps.Count(step => step.Failed)} refused");
            for (var cut = 0; cut < 4; cut++)
            {
                await AssertHolds(load, steps, random.Next(first, steps.Length + 1), random);
            }
        }
    }

    [Fact]
    public async Task Run_DiskIsWellAgain_StoreGoesOnByItself()
    {
        using var disk = new RecordedDisk(_folder.File("store.db"));
        await using var store = Open(_folder.File("store.db"));
        var load = new StoreLoad(() => disk.Count, Trials.Seed);
        await load.Run(store, 10);
        disk.Refuse = (_, _) => false;
        await load.Run(store, 10);
        disk.Refuse = null;

        // Reads alone bring it back.
        await load.Check(store, disk.Count);
        Assert.Null(store.GetRequiredService<StoreStatus>().Trouble);
    }

    private static async Task<(StoreLoad Load, DiskStep[] Steps, int First)> Record(int seed, Func<int, bool, bool?>? refuse)
    {
        using var folder = new TempFolder();
        using var disk = new RecordedDisk(folder.File("store.db"));
        await using var store = Open(folder.File("store.db"));
        var load = new StoreLoad(() => disk.Count, seed);
        store.GetRequiredService<ILedger>(); // Opens it.
        var first = disk.Count;
        disk.Refuse = refuse;
        await load.Run(store, Writes);
        disk.Refuse = null;
        var steps = disk.Steps();
        await load.Check(store, steps.Length);
        return (load, steps, first);
    }

    private static async Task AssertHolds(StoreLoad load, DiskStep[] steps, int cut, Random random)
    {
        using var folder = new TempFolder();
        PowerCut.Leave(steps.AsSpan(0, cut), random, folder.File("store.db"));
        await using var store = Open(folder.File("store.db"));
        await load.Check(store, cut);
    }

    /// <summary>What seldom happens, often: folding, and carrying the write-ahead log over.</summary>
    private static ServiceProvider Open(string file) => SqliteUnderTest.Open(
        new SqliteStoreOptions { Path = file, LedgerDeadline = TimeSpan.FromSeconds(30), UnfoldedRows = 20, CheckpointPages = 12 });
}
