using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Ledger;
using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Grains.Housekeeping;

/// <summary>Has every customer looked after whose time has come. It has no state but a reminder; the times are in the store.</summary>
internal sealed class HousekeepingGrain(IHousekeepingTimes times, FailureReport failures, TimeProvider time) : Grain, IHousekeepingGrain
{
    private const string Reminder = "every minute";
    private const string Work = "housekeeping of a customer";
    private const string List = "list of customers to look after";

    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    public Task Start() => this.Remind(Reminder, _minute, _minute);

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        foreach (var customer in await ListDue())
        {
            try
            {
                await GrainFactory.GetGrain<ICustomerGrain>(customer.Value).Housekeep();
            }
            catch (Exception error)
            {
                failures.Note(Work, error);
                if (!await Postpone(customer))
                {
                    return;
                }
            }
        }
    }

    /// <summary>Whose time has come. Nobody, if the store does not answer: the next minute will do.</summary>
    private async Task<ImmutableArray<CustomerKey>> ListDue()
    {
        try
        {
            return await times.ListDueAsync(time.GetUtcNow(), Limits.Records.HousekeptAtOnce);
        }
        catch (LedgerUnavailableException error)
        {
            failures.Note(List, error);
            return [];
        }
    }

    /// <summary>
    /// Puts a customer behind those who wait, so that many who fail do not take the places of the others. False if the store does not take even that: then it would not
    /// answer for the next customer either, and the next minute will do.
    /// </summary>
    private async Task<bool> Postpone(CustomerKey customer)
    {
        try
        {
            await times.SetAsync(customer, time.GetUtcNow() + Limits.Records.ErasureRetry);
            return true;
        }
        catch (LedgerUnavailableException)
        {
            return false;
        }
    }
}
