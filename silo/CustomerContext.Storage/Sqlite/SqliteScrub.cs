using CustomerContext.Domain;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Storage.Sqlite;

/// <inheritdoc cref="IStoreScrub"/>
/// <remarks>
/// Deleted bytes are overwritten in their pages (<c>secure_delete</c>), but rows that once moved to another page may have left a copy in the free space of the old one, so the
/// file is written anew. Old versions of pages stay in the write-ahead log until it is carried over and cut off, which needs a moment without a reader of an old version.
/// </remarks>
internal sealed class SqliteScrub(SqliteStore store, TimeProvider time) : IStoreScrub
{
    private const int Attempts = 100;

    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(20);

    private readonly SharedWork _work = new(() => WriteAnew(store, time));

    public Task ScrubAsync() => _work.Run();

    private static async Task WriteAnew(SqliteStore store, TimeProvider time)
    {
        await LedgerCall.Guard(store.Writer.RunAlone(Limits.Storage.RewriteDeadline, session => session.Execute("VACUUM")));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var isBusy = await LedgerCall.Guard(store.Writer.RunAlone(
                Limits.Storage.GrainStorageDeadline,
                session =>
                {
                    using var nobodyReads = store.Readers.Pause();
                    return session.Query(row => row.GetInt64(0) != 0, "PRAGMA wal_checkpoint(TRUNCATE)").Single();
                }));
            if (!isBusy)
            {
                return;
            }

            await Task.Delay(_between, time);
        }

        throw new LedgerUnavailableException("The embedded store: its log is in use and cannot be cut off.");
    }
}
