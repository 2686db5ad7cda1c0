using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Storage.Tests.Conformance;

/// <summary>What every reminder table must do, whichever the store.</summary>
public abstract class ReminderConformance : IAsyncLifetime
{
    private static readonly DateTime Start = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private IStoreUnderTest _store = null!;

    protected abstract Task<IStoreUnderTest> OpenAsync();

    private IReminderTable Reminders => _store.Reminders;

    public async Task InitializeAsync() => _store = await OpenAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task UpsertRow_NewThenAgain_OneRowWithANewETag()
    {
        var grain = NewGrain();
        var first = await Reminders.UpsertRow(Entry(grain, "r"));
        var second = await Reminders.UpsertRow(Entry(grain, "r", minutes: 9));

        var row = (await Reminders.ReadRow(grain, "r"))!;
        Assert.NotEqual(first, second);
        Assert.Equal((grain, "r", Start, TimeSpan.FromMinutes(9), second), (row.GrainId, row.ReminderName, row.StartAt, row.Period, row.ETag));
        Assert.Single((await Reminders.ReadRows(grain)).Reminders);
    }

    [Fact]
    public async Task ReadRow_Unknown_Absent()
    {
        Assert.Null(await Reminders.ReadRow(NewGrain(), "r"));
        Assert.Empty((await Reminders.ReadRows(NewGrain())).Reminders);
    }

    [Fact]
    public async Task RemoveRow_RightETagOnly_Removed()
    {
        var grain = NewGrain();
        var stale = await Reminders.UpsertRow(Entry(grain, "r"));
        var etag = await Reminders.UpsertRow(Entry(grain, "r"));

        Assert.False(await Reminders.RemoveRow(grain, "r", stale!));
        Assert.True(await Reminders.RemoveRow(grain, "r", etag!));
        Assert.False(await Reminders.RemoveRow(grain, "r", etag!));
        Assert.Null(await Reminders.ReadRow(grain, "r"));
    }

    [Fact]
    public async Task ReadRows_AnyCutOfTheRing_EachRowInExactlyOneArc()
    {
        var grains = Enumerable.Range(0, 40).Select(_ => NewGrain()).ToArray();
        foreach (var grain in grains)
        {
            await Reminders.UpsertRow(Entry(grain, "r"));
        }

        uint[] cuts = [grains[0].GetUniformHashCode(), 0x40000000, 0xC0000000];
        Array.Sort(cuts);
        var seen = new List<GrainId>();
        for (var index = 0; index < cuts.Length; index++)
        {
            seen.AddRange((await Reminders.ReadRows(cuts[index], cuts[(index + 1) % cuts.Length])).Reminders.Select(row => row.GrainId));
        }

        Assert.Equal(grains.Select(grain => grain.ToString()).Order(), seen.Where(grains.Contains).Select(grain => grain.ToString()).Order());
        Assert.Equal(grains.Select(grain => grain.ToString()).Order(), (await Reminders.ReadRows(0, 0)).Reminders.Select(row => row.GrainId).Where(grains.Contains).Select(grain => grain.ToString()).Order());
    }

    [Fact]
    public async Task UpsertRow_StoreRestarted_RowIsThere()
    {
        var grain = NewGrain();
        var etag = await Reminders.UpsertRow(Entry(grain, "r"));

        await _store.RestartAsync();

        Assert.Equal(etag, (await Reminders.ReadRow(grain, "r"))?.ETag);
    }

    private static GrainId NewGrain() => GrainId.Create("sample", Given.NewCustomer().Value);

    private static ReminderEntry Entry(GrainId grain, string name, int minutes = 1) =>
        new() { GrainId = grain, ReminderName = name, StartAt = Start, Period = TimeSpan.FromMinutes(minutes) };
}
