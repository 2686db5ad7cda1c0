using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Reminders;
using Orleans.Runtime;

namespace CustomerContext.Standins.Tests.OrleansTests;

public sealed class ReminderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTime _time = new();

    [Fact]
    public async Task Reminder_Due_Ticks()
    {
        await using var silo = await Start();
        await silo.Grain<IReminderGrain>().Remind("wake", Minute, 2 * Minute);
        await Advance(Minute);
        await silo.Signals.When("wake 1: first 00:01:00, now 00:01:00, every 00:02:00");
    }

    [Fact]
    public async Task Reminder_AfterAPeriod_TicksAgain()
    {
        await using var silo = await TestSilo.Start(builder =>
        {
            builder.UseInMemoryReminderService();
            builder.Configure<ReminderOptions>(options => options.MinimumReminderPeriod = TimeSpan.Zero);
        });
        await silo.Grain<IReminderGrain>().Remind("wake", TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        await silo.Signals.When("tick 3");
    }

    [Fact]
    public async Task Reminder_RegisteredAgain_KeepsTheNewTimesOnly()
    {
        await using var silo = await Start();
        await silo.Grain<IReminderGrain>().Remind("wake", Minute, 2 * Minute);
        await silo.Grain<IReminderGrain>().Remind("wake", 3 * Minute, 5 * Minute);
        await Advance(3 * Minute);
        await silo.Signals.When("wake 1: first 00:03:00, now 00:03:00, every 00:05:00");
        Assert.Equal("wake", await silo.Grain<IReminderGrain>().Names());
    }

    [Fact]
    public async Task Reminder_Unregistered_IsGone()
    {
        await using var silo = await Start();
        var grain = silo.Grain<IReminderGrain>();
        await grain.Remind("a", Minute, Minute);
        await grain.Remind("b", Minute, Minute);
        Assert.Equal("a,b", await grain.Names());
        await grain.Forget("a");
        Assert.Equal("b", await grain.Names());
    }

    [Fact]
    public async Task Reminder_PeriodUnderAMinute_IsRefused()
    {
        await using var silo = await Start();
        await silo.Grain<IReminderGrain>().Remind("wake", TimeSpan.Zero, Minute);
        await Assert.ThrowsAsync<ArgumentException>(
            () => silo.Grain<IReminderGrain>().Remind("wake", TimeSpan.Zero, Minute - TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public async Task Reminder_InTheTableAtStart_Ticks()
    {
        var table = new OneReminder(_time.GetUtcNow().UtcDateTime + Minute);
        await using var silo = await TestSilo.Start(builder =>
        {
            builder.AddReminders();
            builder.Services.AddSingleton<IReminderTable>(table);
            builder.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, _time);
        });
        await Advance(Minute);
        await silo.Signals.When("old 1: first 00:01:00, now 00:01:00, every 01:00:00");
    }

    private Task<TestSilo> Start() => TestSilo.Start(builder =>
    {
        builder.UseInMemoryReminderService();
        builder.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, _time);
    });

    private async Task Advance(TimeSpan by)
    {
        await _time.TimerDueAt(_time.GetUtcNow() + by);
        _time.Advance(by);
    }

    /// <summary>A table of somebody else's making, with one row.</summary>
    private sealed class OneReminder(DateTime start) : IReminderTable
    {
        private readonly ReminderEntry _row = new()
        {
            GrainId = GrainId.Create("reminder", "one"),
            ReminderName = "old",
            StartAt = start,
            Period = TimeSpan.FromHours(1),
            ETag = "1",
        };

        public Task<ReminderTableData> ReadRows(GrainId grainId) => Task.FromResult(new ReminderTableData(_row));

        public Task<ReminderTableData> ReadRows(uint begin, uint end) => Task.FromResult(new ReminderTableData(_row));

        public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => Task.FromResult<ReminderEntry?>(_row);

        public Task<string?> UpsertRow(ReminderEntry entry) => throw new NotSupportedException();

        public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => throw new NotSupportedException();

        public Task TestOnlyClearTable() => throw new NotSupportedException();
    }
}
