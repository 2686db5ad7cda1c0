using CustomerContext.Grains.Housekeeping;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Grains.Customers;

/// <summary>What a customer's grain uses beside its ledger to keep records, and to stop keeping them.</summary>
/// <param name="Refused">Counts of refused looks.</param>
/// <param name="Scrub">Makes the store's files forget.</param>
/// <param name="Journal">Notes what was taken back.</param>
/// <param name="Times">When the customer is next looked at.</param>
/// <param name="Signer">Signs receipts and checkpoints.</param>
public sealed record RecordKeeping(
    IRefusedLooks Refused, IStoreScrub Scrub, IWithdrawalJournal Journal, IHousekeepingTimes Times, IRecordSigner Signer);
