using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Grains.Ledger;

/// <summary>
/// Consent and disclosures of every customer, durable (a completed append survives a loss of power, as far as the store is configured to).
/// Customers never share a
/// record; many appends of different customers may share one commit.
/// </summary>
/// <remarks>
/// Every method throws <see cref="LedgerUnavailableException"/> if the store does not answer within its deadline, or answers anything but a plain
/// yes or no. An append that
/// throws may or may not have happened, now or a little later: read again before relying on either.
/// </remarks>
public interface ILedger
{
    /// <summary>
    /// The customer's consent and the head of their chain; absent if the customer has no ledger. For who loads the customer: it waits for its turn
    /// while many others are being loaded, and only then its deadline begins.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">No answer in time.</exception>
    Task<LedgerState?> ReadAsync(CustomerKey customer);

    /// <summary>
    /// The same for who has read it before. It does not wait behind others that are being loaded, and the answer is never older than the deadline,
    /// even if this process stood still meanwhile.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">No answer in time.</exception>
    Task<LedgerState?> ReadAgainAsync(CustomerKey customer);

    /// <summary>
    /// Changes the ledger if it still is at <paramref name="expected"/>, all or nothing. This is the only way to change it, so whoever holds an old
    /// version cannot write.
    /// </summary>
    /// <param name="customer">Whose.</param>
    /// <param name="expected">The version that was read; absent for a customer who has no ledger yet.</param>
    /// <param name="consent">
    /// The new consent, of an epoch greater than the expected one; absent if consent does not change. Required for a new ledger.
    /// </param>
    /// <param name="entries">Entries that continue the chain, numbered from the expected sequence + 1 on; at least one.</param>
    /// <exception cref="LedgerUnavailableException">Unknown outcome.</exception>
    /// <exception cref="ArgumentException">Consent or entries do not follow <paramref name="expected"/>.</exception>
    Task<AppendOutcome> AppendAsync(CustomerKey customer, LedgerVersion? expected, ConsentState? consent, ImmutableArray<LedgerEntry> entries);

    /// <summary>Entries of the customer's chain, newest first.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="before">Only entries with a lower sequence; <see cref="long.MaxValue"/> begins at the newest.</param>
    /// <param name="max">How many at most: 1 to <see cref="Limits.Storage.ListedEntries"/>.</param>
    /// <exception cref="LedgerUnavailableException">No answer in time.</exception>
    Task<ImmutableArray<LedgerEntry>> ListAsync(CustomerKey customer, long before, int max);

    /// <summary>
    /// Replaces entries by themselves without their personal part (<see cref="LedgerEntry.Erased"/>); what was pruned meanwhile stays pruned. Idempotent.
    /// </summary>
    /// <param name="customer">Whose.</param>
    /// <param name="erased">Entries in the order of their sequences, without a gap; 1 to <see cref="Limits.Storage.ListedEntries"/>.</param>
    /// <exception cref="LedgerUnavailableException">Unknown outcome.</exception>
    Task EraseAsync(CustomerKey customer, ImmutableArray<LedgerEntry> erased);

    /// <summary>Deletes the entries up to and with the checkpoint's, and keeps the checkpoint instead. One that is not later than the kept one changes nothing.</summary>
    /// <exception cref="LedgerUnavailableException">Unknown outcome.</exception>
    Task PruneAsync(CustomerKey customer, Checkpoint checkpoint);
}

/// <summary>What became of an append.</summary>
public enum AppendOutcome
{
    /// <summary>It is durable.</summary>
    Applied = 1,

    /// <summary>The ledger is at another version; nothing was changed.</summary>
    Conflict,
}

/// <summary>A version of a ledger: both numbers only ever grow.</summary>
/// <param name="Epoch">The epoch of the consent.</param>
/// <param name="Sequence">The sequence of the last entry.</param>
public readonly record struct LedgerVersion(long Epoch, long Sequence);

/// <summary>A ledger without its entries.</summary>
/// <param name="Consent">The customer's consent.</param>
/// <param name="Head">The last entry.</param>
/// <param name="Checkpoint">Where the chain was cut; absent while it is whole.</param>
public sealed record LedgerState(ConsentState Consent, ChainHead Head, Checkpoint? Checkpoint = null)
{
    /// <summary>What an append must expect.</summary>
    public LedgerVersion Version => new(Consent.Epoch, Head.Sequence);
}
