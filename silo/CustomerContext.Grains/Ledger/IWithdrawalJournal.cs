using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Grains.Ledger;

/// <summary>Notes withdrawals outside the store, so that a store brought back from a backup does not bring back what was withdrawn since.</summary>
public interface IWithdrawalJournal
{
    /// <summary>When it returns, they are noted durably. They must be durable in the store before.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="epoch">The epoch of consent after them.</param>
    /// <param name="withdrawals">At least one.</param>
    /// <exception cref="LedgerUnavailableException">They could not be noted.</exception>
    Task NoteAsync(CustomerKey customer, long epoch, ImmutableArray<Withdrawal> withdrawals);

    /// <summary>Notes that nothing is left to do about the erasure of this customer.</summary>
    /// <exception cref="LedgerUnavailableException">It could not be noted.</exception>
    Task NoteErasedAsync(CustomerKey customer);
}
