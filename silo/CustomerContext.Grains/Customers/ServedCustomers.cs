using CustomerContext.Domain.Common;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Serving;
using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Grains.Customers;

/// <summary>The customers of this silo whose grains let looks be answered without a call: <see cref="ServedCustomer"/>.</summary>
/// <remarks>Safe for use from many threads.</remarks>
public sealed class ServedCustomers(IGrainFactory grains, FailureReport failures) : IActivationWorkingSetObserver
{
    private readonly ServedGrains<ServedCustomer> _served = new("a customer", key => grains.Get<ICustomerGrain>(key).StayInMemory(), failures);

    /// <summary>The answer to a look that was answered a moment ago, on record anew; absent if the customer's grain has to be asked.</summary>
    /// <exception cref="Ledger.LedgerUnavailableException">The store did not answer, or the outcome is unknown.</exception>
    public ValueTask<LookAnswer?> Look(CustomerKey customer, LookRequest request) => _served.Find(customer.Value, out var served) ? served.Answer(request) : default;

    /// <summary>Lets looks at the customer be answered without their grain.</summary>
    internal void Add(ServedCustomer served) => _served.Add(served);

    /// <inheritdoc/>
    void IActivationWorkingSetObserver.OnDeactivating(IActivationWorkingSetMember member) => _served.OnDeactivating(member);
}
