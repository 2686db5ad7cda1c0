namespace CustomerContext.Storage.Sqlite;

/// <inheritdoc cref="IStoreNotes"/>
internal sealed class SqliteNotes(SqliteStore store) : IStoreNotes
{
    private readonly TimeSpan _deadline = store.Options.GrainStorageDeadline;

    public Task<string?> ReadAsync(string name) => store.Readers.Run(
        _deadline, session => session.Query(row => row.GetString(0), "SELECT value FROM note WHERE name = ?1", name).SingleOrDefault());

    public Task WriteAsync(string name, string text) => store.Writer.Run(
        _deadline, session => session.Execute("INSERT OR REPLACE INTO note VALUES (?1, ?2)", name, text));

    public async Task<string> WriteOnceAsync(string name, string text)
    {
        await store.Writer.Run(_deadline, session => session.Execute("INSERT OR IGNORE INTO note VALUES (?1, ?2)", name, text));
        return await ReadAsync(name) ?? text;
    }

    public Task BeatAsync() => WriteAsync("beat", "");
}
