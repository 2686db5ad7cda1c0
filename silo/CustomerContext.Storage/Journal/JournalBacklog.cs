using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Storage.Journal;

/// <summary>What a start has to see to.</summary>
/// <param name="Withdrawals">Lines of what the store may lack, in order.</param>
/// <param name="Erasures">Erasures that were begun and, as far as the journal knows, not finished.</param>
internal sealed record JournalBacklog(ImmutableArray<JournalLine> Withdrawals, ImmutableArray<CustomerKey> Erasures)
{
    /// <summary>The backlog of a store that has everything up to line <paramref name="marked"/>.</summary>
    public static JournalBacklog Of(IEnumerable<JournalLine> lines, long marked)
    {
        var withdrawals = ImmutableArray.CreateBuilder<JournalLine>();
        var erasures = new HashSet<CustomerKey>();
        foreach (var line in lines)
        {
            if (line.Withdrawal is not { } withdrawal)
            {
                erasures.Remove(line.Customer);
                continue;
            }

            if (line.Number > marked)
            {
                withdrawals.Add(line);
            }

            if (withdrawal.Kind == WithdrawalKind.Erased)
            {
                erasures.Add(line.Customer);
            }
        }

        return new JournalBacklog(withdrawals.ToImmutable(), [.. erasures]);
    }
}
