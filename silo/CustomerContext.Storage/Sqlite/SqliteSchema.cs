using Microsoft.Data.Sqlite;

namespace CustomerContext.Storage.Sqlite;

/// <summary>The tables, and whether a file holds them.</summary>
internal static class SqliteSchema
{
    /// <summary>Marks a file as ours in its header ("CCtx").</summary>
    private const long ApplicationId = 0x43437478;

    private const string Tables =
        """
        CREATE TABLE ledger (
          customer TEXT NOT NULL PRIMARY KEY, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL, head BLOB NOT NULL, checkpoint BLOB) STRICT, WITHOUT ROWID;
        CREATE TABLE consent (
          customer TEXT NOT NULL PRIMARY KEY, payload BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE log (
          row INTEGER PRIMARY KEY, customer TEXT NOT NULL, payload BLOB NOT NULL) STRICT;
        CREATE TABLE place (
          customer TEXT NOT NULL, sequence INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (customer, sequence)) STRICT, WITHOUT ROWID;
        CREATE TABLE state (
          grain TEXT NOT NULL, name TEXT NOT NULL, etag INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (grain, name)) STRICT;
        CREATE TABLE reminder (
          grain TEXT NOT NULL, name TEXT NOT NULL, hash INTEGER NOT NULL, start INTEGER NOT NULL, period INTEGER NOT NULL, etag INTEGER NOT NULL,
          PRIMARY KEY (grain, name)) STRICT, WITHOUT ROWID;
        CREATE INDEX reminder_hash ON reminder (hash);
        CREATE TABLE refused (
          customer TEXT NOT NULL, tenant TEXT NOT NULL, day INTEGER NOT NULL, looks INTEGER NOT NULL,
          PRIMARY KEY (customer, tenant, day)) STRICT, WITHOUT ROWID;
        CREATE TABLE keeping (
          customer TEXT NOT NULL PRIMARY KEY, due INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX keeping_due ON keeping (due);
        CREATE TABLE note (
          name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """;

    /// <summary>Makes sure that the file is new, or holds the tables of this version.</summary>
    /// <exception cref="StorageStartException">It is another program's, or another version's.</exception>
    public static void Check(SqliteConnection connection, string path)
    {
        var application = Number(connection, "PRAGMA application_id");
        var version = Number(connection, "PRAGMA user_version");
        if (application == 0 && version == 0 && Number(connection, "SELECT count(*) FROM sqlite_master") == 0)
        {
            return;
        }

        if (application != ApplicationId)
        {
            throw new StorageStartException($"{path} is a database of another program; it was left untouched. Name another file.");
        }

        if (version != StoreFormat.Version)
        {
            throw StoreFormat.Refusal(path, version);
        }
    }

    /// <summary>Makes the tables of a new file.</summary>
    public static void Complete(SqliteConnection connection)
    {
        if (Number(connection, "PRAGMA user_version") == StoreFormat.Version)
        {
            return;
        }

        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = $"{Tables} PRAGMA application_id={ApplicationId}; PRAGMA user_version={StoreFormat.Version};";
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    private static long Number(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return (long)command.ExecuteScalar()!;
    }
}
