using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Storage.Sqlite;

/// <inheritdoc cref="IRefusedLooks"/>
internal sealed class SqliteRefusedLooks(SqliteStore store) : IRefusedLooks
{
    private readonly TimeSpan _deadline = store.Options.LedgerDeadline;

    public Task AddAsync(CustomerKey customer, ImmutableArray<RefusedDay> looks, int firstDay) => LedgerCall.Guard(store.Writer.Run(_deadline, session =>
    {
        foreach (var one in looks)
        {
            session.Execute(
                "INSERT INTO refused VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET looks = looks + excluded.looks",
                customer.Value,
                one.Tenant.Value,
                (long)one.Day,
                one.Looks);
        }

        return session.Execute("DELETE FROM refused WHERE customer = ?1 AND day < ?2", customer.Value, (long)firstDay);
    }));

    public Task<ImmutableArray<RefusedDay>> ListAsync(CustomerKey customer) => LedgerCall.Guard(store.Readers.Run(_deadline, session => session.Query(
        row => new RefusedDay(new TenantId(row.GetString(0)), row.GetInt32(1), row.GetInt64(2)),
        "SELECT tenant, day, looks FROM refused WHERE customer = ?1 ORDER BY day DESC, tenant",
        customer.Value).ToImmutableArray()));

    public Task ForgetAsync(CustomerKey customer) => LedgerCall.Guard(store.Writer.Run(
        _deadline, session => session.Execute("DELETE FROM refused WHERE customer = ?1", customer.Value)));
}
