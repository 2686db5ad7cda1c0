using CustomerContext.Silo.Config;
using Microsoft.Data.Sqlite;

namespace CustomerContext.Benchmarks.Serving;

/// <summary>What a plain service does with SQLite for one look: one connection, one commit each, flushed like the product's.</summary>
internal sealed class SqliteBaseline : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _select;
    private readonly SqliteCommand _insert;
    private readonly SemaphoreSlim _turn = new(1, 1);

    public SqliteBaseline(SiloConfig config)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(config.DataFolder, "baseline.db")};Pooling=False");
        _connection.Open();
        Command("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE value (customer TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;"
            + "CREATE TABLE record (customer TEXT, record BLOB)").ExecuteNonQuery();
        _select = Command("SELECT value FROM value WHERE customer = ?1", 1);
        _insert = Command("INSERT INTO record VALUES (?1, ?2)", 2);
    }

    public void Fill(IEnumerable<string> customers, byte[] value)
    {
        using var transaction = _connection.BeginTransaction();
        using var insert = Command("INSERT OR REPLACE INTO value VALUES (?1, ?2)", 2);
        insert.Transaction = transaction;
        foreach (var customer in customers)
        {
            (insert.Parameters[0].Value, insert.Parameters[1].Value) = (customer, value);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public async Task<byte[]> SelectAndInsert(string customer, byte[] record)
    {
        await _turn.WaitAsync();
        try
        {
            _select.Parameters[0].Value = customer;
            var value = (byte[])_select.ExecuteScalar()!;
            (_insert.Parameters[0].Value, _insert.Parameters[1].Value) = (customer, record);
            _insert.ExecuteNonQuery();
            return value;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _select.Dispose();
        _insert.Dispose();
        _connection.Dispose();
        _turn.Dispose();
    }

    private SqliteCommand Command(string sql, int parameters = 0)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 1; index <= parameters; index++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"?{index}" });
        }

        return command;
    }
}
