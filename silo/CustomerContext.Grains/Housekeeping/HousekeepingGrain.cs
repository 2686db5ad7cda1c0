using CustomerContext.Domain;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Ledger;
using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Grains.Housekeeping;

/// <summary>Keeps nothing: one reminder, and the list of times in the store.</summary>
internal sealed class HousekeepingGrain(IHousekeepingTimes times, TimeProvider time) : Grain, IHousekeepingGrain
{
    private const string Reminder = "every minute";

    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    public Task Start() => this.Remind(Reminder, _minute, _minute);

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        foreach (var customer in await times.ListDueAsync(time.GetUtcNow(), Limits.Records.HousekeptAtOnce))
        {
            try
            {
                await GrainFactory.GetGrain<ICustomerGrain>(customer.Value).Housekeep();
            }
            catch (LedgerUnavailableException)
            {
                return; // The store is in trouble: the next minute will do.
            }
        }
    }
}
