using Orleans;
using Orleans.Runtime;

namespace CustomerContext.OrleansTestsTests;

internal interface IReminderGrain : IGrainWithStringKey
{
    Task Remind(string name, TimeSpan due, TimeSpan period);

    Task Forget(string name);

    Task<string> Names();
}

internal sealed class ReminderGrain(Signals signals) : Grain, IReminderGrain, IRemindable
{
    private int _ticks;

    public Task Remind(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task Forget(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public async Task<string> Names() => string.Join(',', (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order());

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        signals.Give($"tick {++_ticks}");
        signals.Note($"{reminderName} {_ticks}: first {status.FirstTickTime:T}, now {status.CurrentTickTime:T}, every {status.Period}");
        return Task.CompletedTask;
    }
}
