using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Consents.Receipts;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains.Ledger;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>
/// One customer: live context, consent and disclosures. The key is the <see cref="CustomerKey"/>; a key that nobody has behaves like a customer who granted nothing.
/// </summary>
/// <remarks>Every method throws <see cref="Durability.StateUnavailableException"/> or <see cref="LedgerUnavailableException"/> if the store gives no sure answer.</remarks>
[Alias("ICustomerGrain")]
public partial interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>Shows what is granted, once; the record of it is durable before the answer is there.</summary>
    [Alias("Look")]
    Task<Outcome<LookAnswer>> Look(LookRequest request);

    /// <summary>Does nothing but keep the grain in memory, for who looks without it (<see cref="ServedCustomers"/>).</summary>
    [Alias("StayInMemory")]
    Task StayInMemory();

    /// <summary>Takes signals in; each is durable, or known already, or of a source that the customer does not let collect, when the answer is there.</summary>
    /// <returns>For each signal, in order: nothing if it was taken, or why not.</returns>
    [Alias("Publish")]
    Task<ImmutableArray<Refusal?>> Publish(ImmutableArray<ScoredSignal> signals);

    /// <summary>Opens a watch, on record. The first step is asked for like any other.</summary>
    /// <returns>The name of the watch, for the other methods.</returns>
    [Alias("OpenWatch")]
    Task<Outcome<string>> OpenWatch(WatchRequest request);

    /// <summary>Says that the last frame was handed over, and waits for the next step for at most <see cref="Domain.Limits.Watches.Heartbeat"/>.</summary>
    /// <param name="watch">The name of the watch.</param>
    /// <param name="left">The reader has left: the wait is over.</param>
    [Alias("NextStep")]
    Task<WatchStep> NextStep(string watch, CancellationToken left = default);

    /// <summary>Ends a watch from the reader's side. Idempotent.</summary>
    [Alias("CloseWatch")]
    Task CloseWatch(string watch);

    /// <summary>Replaces the preferences. A source that may not collect any more is forgotten with what it sent, before the answer.</summary>
    /// <param name="command">The preferences.</param>
    /// <param name="own">What the customer's token proves to be theirs, attached in the same step; default: nothing.</param>
    [Alias("SetPreferences")]
    Task<Outcome<ConsentView>> SetPreferences(SetPreferences command, ImmutableArray<LinkedIdentifier> own = default);

    /// <summary>Makes a grant.</summary>
    [Alias("CreateGrant")]
    Task<Outcome<ConsentView>> CreateGrant(CreateGrant command);

    /// <summary>Narrows or widens a grant. What a watch may not see any more has ended before the answer.</summary>
    [Alias("UpdateGrant")]
    Task<Outcome<ConsentView>> UpdateGrant(UpdateGrant command);

    /// <summary>Takes a grant back. When the answer is there no lookup begun later shows anything of it, and no frame follows.</summary>
    [Alias("RevokeGrant")]
    Task<Outcome<ConsentView>> RevokeGrant(RevokeGrant command);

    /// <summary>Stops every grant, or lets them work again.</summary>
    [Alias("PauseAll")]
    Task<Outcome<ConsentView>> PauseAll(PauseAll command);

    /// <summary>The customer's consent as it is.</summary>
    [Alias("GetConsent")]
    Task<ConsentState> GetConsent();

    /// <summary>The customer's records, newest first.</summary>
    /// <param name="before">Only records with a lower sequence; <see cref="long.MaxValue"/> begins at the newest.</param>
    /// <param name="max">How many at most, at least 1.</param>
    [Alias("ListRecords")]
    Task<ImmutableArray<LedgerEntry>> ListRecords(long before, int max);

    /// <summary>Where the chain was cut; absent while it is whole.</summary>
    [Alias("GetCheckpoint")]
    Task<Checkpoint?> GetCheckpoint();

    /// <summary>
    /// Records from <paramref name="after"/> on in their order, that one first if it is still there: at least one later one, or after <see
    /// cref="Domain.Limits.Watches.Heartbeat"/> what there is.
    /// </summary>
    /// <param name="after">The sequence of the last record that the reader has; 0 before the first.</param>
    /// <param name="left">The reader has left: the wait is over.</param>
    [Alias("NextRecords")]
    Task<ImmutableArray<LedgerEntry>> NextRecords(long after, CancellationToken left = default);

    /// <summary>Refused looks of the last <see cref="Domain.Limits.Records.RefusedDays"/> days, newest day first.</summary>
    [Alias("ListRefusedLooks")]
    Task<ImmutableArray<RefusedDay>> ListRefusedLooks();

    /// <summary>A version of a grant as it went on record; absent <paramref name="version"/>: the latest.</summary>
    [Alias("GetGrantVersion")]
    Task<Outcome<GrantVersion>> GetGrantVersion(GrantId grant, long? version);

    /// <summary>Everything that the customer's context is made of.</summary>
    [Alias("GetContext")]
    Task<CustomerState> GetContext();

    /// <summary>Erases the customer. When the answer is there nothing is left of them but the chain's hashes. Idempotent; an erasure that was cut off goes on.</summary>
    /// <param name="identities">Keys of identities that the customer's token proves to be theirs; they are unlinked like those that the customer is known to have.</param>
    [Alias("Erase")]
    Task<ErasureResult> Erase(ImmutableArray<string> identities);

    /// <summary>Tells the queues of companies all that waits of the customer, whatever they were told before.</summary>
    [Alias("TellWork")]
    Task TellWork();

    /// <summary>Does what is due: finishes an erasure, erases who has not been heard for long, prunes old records, tells queues of work what they may have missed.</summary>
    [Alias("Keep")]
    Task Housekeep();
}
