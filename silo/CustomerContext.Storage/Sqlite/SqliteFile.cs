using CustomerContext.Domain;
using Microsoft.Data.Sqlite;

namespace CustomerContext.Storage.Sqlite;

/// <summary>
/// One file, opened for this process alone. A file that is damaged, newer or another program's is refused before anything is written to it.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock;

    /// <exception cref="StorageStartException">The file must not be used; the text says why.</exception>
    public SqliteFile(string path)
    {
        _path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _lock = Lock(_path);
        try
        {
            Prepare();
        }
        catch (Exception error)
        {
            _lock.Dispose();
            throw error as StorageStartException
                ?? new StorageStartException($"{_path} cannot be opened as a store; it was left as it is. {error.Message}", error);
        }
    }

    /// <summary>A connection that reads and writes.</summary>
    public SqliteConnection Connect() => Connect(SqliteOpenMode.ReadWrite);

    public void Dispose() => _lock.Dispose();

    /// <summary>The operating system lets go of the lock when the process dies, however it dies.</summary>
    public static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new StorageStartException(
                $"{path} is in use by another process. One process at a time may use an embedded store; stop the other, or name another file.", error);
        }
    }

    private void Prepare()
    {
        if (new FileInfo(_path) is { Exists: true, Length: > 0 } file)
        {
            using var reader = Connect(SqliteOpenMode.ReadOnly);
            Check(reader, file.Length);
        }

        using var writer = Connect(SqliteOpenMode.ReadWriteCreate);
        SqliteSchema.Check(writer, _path);
        SqliteSchema.Complete(writer);
    }

    private void Check(SqliteConnection reader, long bytes)
    {
        string result;
        try
        {
            SqliteSchema.Check(reader, _path);
            using var command = reader.CreateCommand();
            command.CommandText = "PRAGMA quick_check(1)";
            result = bytes > Limits.Storage.CheckedFileBytes ? "ok" : (string)command.ExecuteScalar()!;
        }
        catch (SqliteException error)
        {
            throw new StorageStartException(
                $"{_path} is damaged or no store; it was left untouched. Restore it from a backup, or name another file. ({error.Message})", error);
        }

        if (result != "ok")
        {
            throw new StorageStartException($"{_path} is damaged; it was left untouched. Restore it from a backup. ({result})");
        }
    }

    private SqliteConnection Connect(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _path, Mode = mode, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            if (mode != SqliteOpenMode.ReadOnly)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA secure_delete=ON; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
                command.ExecuteNonQuery();
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
