using System.Collections.Concurrent;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Durability;
using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Grains.Customers;

/// <summary>
/// The customers of this silo whose grains let looks be answered without a call: <see cref="ServedCustomer"/>. A customer is here from the first look that is remembered until the grain
/// begins to leave memory, whatever the reason and whatever it is busy with: from then on somebody else may be the customer's grain.
/// </summary>
/// <remarks>Safe for use from many threads.</remarks>
public sealed class ServedCustomers(IGrainFactory grains, FailureReport failures) : IActivationWorkingSetObserver
{
    private readonly ConcurrentDictionary<CustomerKey, ServedCustomer> _served = new();

    /// <summary>The answer to a look that was answered a moment ago, on record anew; absent if the customer's grain has to be asked.</summary>
    /// <exception cref="Ledger.LedgerUnavailableException">The store did not answer, or the outcome is unknown.</exception>
    public ValueTask<LookAnswer?> Look(CustomerKey customer, LookRequest request)
    {
        if (!_served.TryGetValue(customer, out var served))
        {
            return default;
        }

        if (served.IsKeepingDue())
        {
            _ = Keep(customer);
        }

        return served.Answer(request);
    }

    /// <summary>Lets looks at the customer be answered without their grain.</summary>
    internal void Add(CustomerKey customer, ServedCustomer served)
    {
        _served[customer] = served;
        if (served.IsOver)
        {
            // The grain began to leave memory between the two lines.
            Remove(customer, served);
        }
    }

    /// <inheritdoc/>
    void IActivationWorkingSetObserver.OnDeactivating(IActivationWorkingSetMember member)
    {
        if (member is IGrainContext { GrainInstance: CustomerGrain { Served: { } served } })
        {
            served.End();
            Remove(served.Customer, served);
        }
    }

    private void Remove(CustomerKey customer, ServedCustomer served) => _served.TryRemove(new(customer, served));

    /// <summary>Orleans counts calls of a grain, and lets those go that have none. So now and then a customer who is looked at without a call gets one.</summary>
    private async Task Keep(CustomerKey customer)
    {
        try
        {
            await grains.Get<ICustomerGrain>(customer.Value).StayInMemory();
        }
        catch (Exception error)
        {
            failures.Note("keeping a customer in memory", error);
        }
    }
}
