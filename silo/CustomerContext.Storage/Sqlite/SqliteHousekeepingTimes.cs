using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Housekeeping;

namespace CustomerContext.Storage.Sqlite;

/// <inheritdoc cref="IHousekeepingTimes"/>
internal sealed class SqliteHousekeepingTimes(SqliteStore store) : IHousekeepingTimes
{
    private readonly TimeSpan _deadline = store.Options.LedgerDeadline;

    public Task SetAsync(CustomerKey customer, DateTimeOffset due) => LedgerCall.Guard(store.Writer.Run(
        _deadline, session => session.Execute("INSERT OR REPLACE INTO keeping VALUES (?1, ?2)", customer.Value, due.ToUnixTimeMilliseconds())));

    public Task<ImmutableArray<CustomerKey>> ListDueAsync(DateTimeOffset now, int max) => LedgerCall.Guard(store.Readers.Run(
        _deadline,
        session => session.Query(
            row => new CustomerKey(row.GetString(0)),
            "SELECT customer FROM keeping WHERE due <= ?1 ORDER BY due LIMIT ?2",
            now.ToUnixTimeMilliseconds(),
            max).ToImmutableArray()));

    public Task RemoveAsync(CustomerKey customer) => LedgerCall.Guard(store.Writer.Run(
        _deadline, session => session.Execute("DELETE FROM keeping WHERE customer = ?1", customer.Value)));
}
