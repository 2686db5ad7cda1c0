using CustomerContext.Domain.Customers;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace CustomerContext.Storage.Tests.Conformance;

/// <summary>What every grain storage must do, whichever the store. Any stored type will do; this one stands for all.</summary>
public abstract class GrainStorageConformance : IAsyncLifetime
{
    private IStoreUnderTest _store = null!;

    protected abstract Task<IStoreUnderTest> OpenAsync();

    private IGrainStorage Grains => _store.Grains;

    public async Task InitializeAsync() => _store = await OpenAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task ReadStateAsync_NoRecord_EmptyWithoutETag()
    {
        var state = await Read(NewGrain());

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
    }

    [Fact]
    public async Task WriteStateAsync_NewThenAgain_ReadBackWithANewETagEachTime()
    {
        var grain = NewGrain();
        var state = await Write(grain, 1);
        var first = state.ETag;
        state.State = Sample(2);
        await Grains.WriteStateAsync("slot", grain, state);

        var read = await Read(grain);
        Assert.True(read.RecordExists);
        Assert.Equal(2, Number(read));
        Assert.Equal(state.ETag, read.ETag);
        Assert.NotEqual(first, read.ETag);
    }

    [Fact]
    public async Task WriteStateAsync_SlotsAndGrains_AreApart()
    {
        var (one, other) = (NewGrain(), NewGrain());
        await Write(one, 1);
        await Write(other, 2);
        await Write(one, 3, "second");

        Assert.Equal(1, Number(await Read(one)));
        Assert.Equal(2, Number(await Read(other)));
        Assert.Equal(3, Number(await Read(one, "second")));
    }

    [Fact]
    public async Task WriteStateAsync_StaleETag_InconsistentAndNothingChanged()
    {
        var grain = NewGrain();
        await Write(grain, 1);
        var (mine, theirs) = (await Read(grain), await Read(grain));
        theirs.State = Sample(2);
        await Grains.WriteStateAsync("slot", grain, theirs);

        mine.State = Sample(3);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Grains.WriteStateAsync("slot", grain, mine));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Grains.WriteStateAsync("slot", grain, new GrainState<CustomerState>(Sample(4))));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Grains.ClearStateAsync("slot", grain, mine));

        Assert.Equal(2, Number(await Read(grain)));
    }

    [Fact]
    public async Task WriteStateAsync_ManyAtOnceFromOneETag_OneWins()
    {
        var grain = NewGrain();
        await Write(grain, 1);
        var writers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Read(grain)));

        var won = await Task.WhenAll(writers.Select(async writer =>
        {
            try
            {
                await Grains.WriteStateAsync("slot", grain, writer);
                return 1;
            }
            catch (InconsistentStateException)
            {
                return 0;
            }
        }));

        Assert.Equal(1, won.Sum());
    }

    [Fact]
    public async Task ClearStateAsync_Record_GoneAndAnOldETagNeverMatchesAgain()
    {
        var grain = NewGrain();
        var state = await Write(grain, 1);
        var stale = await Read(grain);

        await Grains.ClearStateAsync("slot", grain, state);
        Assert.False((await Read(grain)).RecordExists);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Grains.WriteStateAsync("slot", grain, stale));

        await Write(grain, 2);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Grains.WriteStateAsync("slot", grain, stale));
        Assert.Equal(2, Number(await Read(grain)));
    }

    [Fact]
    public async Task WriteStateAsync_StoreRestarted_RecordIsThere()
    {
        var grain = NewGrain();
        var before = await Write(grain, 7);

        await _store.RestartAsync();

        var after = await Read(grain);
        Assert.Equal((7, before.ETag), (Number(after), after.ETag));
    }

    private static GrainId NewGrain() => GrainId.Create("sample", Given.NewCustomer().Value);

    private static CustomerState Sample(int number) => CustomerState.Empty with { Newest = number };

    private static long Number(GrainState<CustomerState> state) => state.State!.Newest;

    private async Task<GrainState<CustomerState>> Write(GrainId grain, int number, string slot = "slot")
    {
        var state = new GrainState<CustomerState>(Sample(number));
        await Grains.WriteStateAsync(slot, grain, state);
        return state;
    }

    private async Task<GrainState<CustomerState>> Read(GrainId grain, string slot = "slot")
    {
        var state = new GrainState<CustomerState>();
        await Grains.ReadStateAsync(slot, grain, state);
        return state;
    }
}
