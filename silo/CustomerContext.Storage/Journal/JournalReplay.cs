using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains;
using CustomerContext.Grains.Housekeeping;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Storage.Journal;

/// <summary>
/// At start, before anybody can call: takes back again what the journal says was taken back and the store does not know, because it came back from a backup.
/// </summary>
public sealed class JournalReplay
{
    private const int Attempts = 8;

    private readonly WithdrawalJournal _journal;
    private readonly ILedger _ledger;
    private readonly IHousekeepingTimes _times;
    private readonly IEntropy _entropy;
    private readonly TimeProvider _time;

    internal JournalReplay(WithdrawalJournal journal, ILedger ledger, IHousekeepingTimes times, IEntropy entropy, TimeProvider time) =>
        (_journal, _ledger, _times, _entropy, _time) = (journal, ledger, times, entropy, time);

    /// <summary>How many withdrawals the store did not know.</summary>
    public int Repeated { get; private set; }

    /// <summary>Customers whose erasure has to be finished once grains can be called.</summary>
    public ImmutableArray<CustomerKey> Erasures { get; private set; } = [];

    /// <exception cref="StorageStartException">The journal that belongs to the store is not there, or the store does not answer.</exception>
    public async Task RunAsync()
    {
        try
        {
            var backlog = await _journal.OpenAsync();
            var erasures = backlog.Erasures.ToHashSet();
            foreach (var lines in backlog.Withdrawals.GroupBy(line => line.Customer))
            {
                if (await StartRetry.Try(() => Repeat(lines.Key, [.. lines])) is { ErasedAt: not null } erased)
                {
                    // Begun anew, so that the journal knows of it until it is finished again.
                    await _journal.NoteAsync(lines.Key, erased.Epoch, [new Withdrawal(WithdrawalKind.Erased)]);
                    erasures.Add(lines.Key);
                }
            }

            Erasures = [.. erasures];
            await StartRetry.Try(_journal.MarkAsync);
        }
        catch (Exception error) when (error is LedgerUnavailableException or StoreUnavailableException)
        {
            throw new StorageStartException($"What was taken back could not be compared with the store. {error.Message}", error);
        }
    }

    /// <summary>All that the store lacks of one customer, in one append; consent after it, or absent if it lacks nothing.</summary>
    private async Task<ConsentState?> Repeat(CustomerKey customer, JournalLine[] lines)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await _ledger.ReadAsync(customer) is not { } state
                || lines.Where(line => line.Epoch > state.Consent.Epoch).ToArray() is not { Length: > 0 } lacking)
            {
                return null;
            }

            var (consent, entries) = Repeat(state, lacking);
            if (entries.IsEmpty)
            {
                return null;
            }

            if (!consent.News.IsEmpty)
            {
                await _times.SetAsync(customer, _time.GetUtcNow() + Limits.News.FirstRetry);
            }

            if (await _ledger.AppendAsync(customer, state.Version, consent, entries) == AppendOutcome.Applied)
            {
                Repeated += entries.Length;
                return consent;
            }
        }

        throw new LedgerUnavailableException("The ledger kept changing under its writer.");
    }

    private (ConsentState Consent, ImmutableArray<LedgerEntry> Entries) Repeat(LedgerState state, JournalLine[] lacking)
    {
        var now = _time.GetUtcNow();
        var entries = ImmutableArray.CreateBuilder<LedgerEntry>();

        // Epochs only grow, also over those that the store has forgotten.
        var consent = state.Consent with { Epoch = lacking.Max(line => line.Epoch) };
        var head = state.Head;
        foreach (var line in lacking)
        {
            if (WithdrawalRules.Repeat(consent, line.Withdrawal!.Value, now) is { Change: { } change } step)
            {
                consent = step.State;
                entries.Add(Chain.Append(head, consent.Epoch, DisclosureRecord.Of(change, now).ToBytes(), _entropy.Bytes(Chain.SaltSize)));
                head = entries[^1].Head;
            }
        }

        // Which companies want to hear of it is seen when they are told.
        return (NewsRules.With(state.Consent, consent, [], _ => true, now), entries.ToImmutable());
    }
}
