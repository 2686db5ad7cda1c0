using CustomerContext.Storage.Journal;
using Microsoft.Data.Sqlite;

namespace CustomerContext.Storage.Sqlite;

/// <summary>
/// Copies of the embedded store. The keys and the journal of withdrawals are not in them: they are kept apart, so that a copy that is brought back cannot bring back what
/// was withdrawn since.
/// </summary>
public static class SqliteBackup
{
    /// <summary>Copies the store, as of one instant, while it is in use or not; over a copy that is there already.</summary>
    /// <param name="store">The store's file.</param>
    /// <param name="copy">The copy's file; its folder is made if there is none.</param>
    /// <exception cref="StorageStartException">There is no store, or it cannot be read.</exception>
    public static void Make(string store, string copy)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(copy))!);
        var half = copy + ".new";
        File.Delete(half);
        Use(store, source =>
        {
            using var target = Connect(half, SqliteOpenMode.ReadWriteCreate);
            source.BackupDatabase(target);
            using var command = target.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=DELETE";
            command.ExecuteNonQuery();
        });
        File.Move(half, copy, overwrite: true);
    }

    /// <summary>Puts a copy in the place of the store, which must not be in use. What was withdrawn since is taken back again at the next start.</summary>
    /// <param name="copy">The copy's file.</param>
    /// <param name="store">The store's file.</param>
    /// <param name="journal">The journal that is there.</param>
    /// <exception cref="StorageStartException">The copy is none, the store is in use, or the journal that belongs to the copy is lost; nothing was changed.</exception>
    public static void Restore(string copy, string store, JournalOptions journal)
    {
        var note = "";
        Use(copy, source =>
        {
            SqliteSchema.Check(source, copy);
            using var command = source.CreateCommand();
            command.CommandText = "SELECT value FROM note WHERE name = 'withdrawals'";
            note = (string?)command.ExecuteScalar() ?? "";
        });
        if (!journal.AcceptNew && note.Length > 0 && !File.Exists(Path.Combine(journal.Folder, journal.FileName)))
        {
            throw new StorageStartException(
                $"{journal.FileName} is not in the data folder. Without it what customers took back or erased since this copy was made would come back. Bring it back "
                + "from its copy, or say --accept-journal.");
        }

        using var use = SqliteFile.Lock(Path.GetFullPath(store));
        var half = store + ".new";
        File.Copy(copy, half, overwrite: true);
        foreach (var ending in (string[])["-wal", "-shm"])
        {
            File.Delete(store + ending);
        }

        File.Move(half, store, overwrite: true);
    }

    private static void Use(string file, Action<SqliteConnection> use)
    {
        if (!File.Exists(file))
        {
            throw new StorageStartException($"{file} is not there.");
        }

        try
        {
            using var connection = Connect(file, SqliteOpenMode.ReadOnly);
            use(connection);
        }
        catch (SqliteException error)
        {
            throw new StorageStartException($"{file} cannot be read as a store. ({error.Message})", error);
        }
    }

    private static SqliteConnection Connect(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
