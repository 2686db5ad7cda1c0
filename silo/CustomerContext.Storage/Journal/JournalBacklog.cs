using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Storage.Journal;

/// <summary>What a start has to see to.</summary>
/// <param name="Withdrawals">Lines of what the store may lack, by epoch: those of one customer in their order, whichever silo noted them.</param>
/// <param name="Erasures">Erasures that were begun and, as far as the journals know, not finished.</param>
internal sealed record JournalBacklog(ImmutableArray<JournalLine> Withdrawals, ImmutableArray<CustomerKey> Erasures)
{
    /// <summary>The backlog of a store that has everything of each journal up to its mark.</summary>
    public static JournalBacklog Of(IReadOnlyCollection<(ReadJournal Journal, long Marked)> journals)
    {
        // An erasure that one silo began may have been finished by another one. Lines of the same second stay in the order of their journals: at worst it is finished once more.
        var erasures = new HashSet<CustomerKey>();
        foreach (var line in journals.SelectMany(one => one.Journal.Lines).OrderBy(line => line.At))
        {
            if (line.Withdrawal is not { } withdrawal)
            {
                erasures.Remove(line.Customer);
            }
            else if (withdrawal.Kind == WithdrawalKind.Erased)
            {
                erasures.Add(line.Customer);
            }
        }

        return new JournalBacklog(
            [.. journals.SelectMany(one => one.Journal.Lines.Where(line => line.Withdrawal is not null && line.Number > one.Marked)).OrderBy(line => line.Epoch)],
            [.. erasures]);
    }
}
