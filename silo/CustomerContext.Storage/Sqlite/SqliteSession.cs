using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CustomerContext.Storage.Sqlite;

/// <summary>A connection with its prepared statements, for one thread at a time. Parameters are <c>?1</c>, <c>?2</c> and so on.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private const int PagesWrittenOf = 9; // SQLITE_DBSTATUS_CACHE_WRITE of SQLite's header

    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    /// <summary>Runs a statement; the number of rows that it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>The rows of a query.</summary>
    public List<T> Query<T>(Func<SqliteDataReader, T> row, string sql, params ReadOnlySpan<object> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>Pages that this session has written ahead since it was asked last.</summary>
    /// <exception cref="SqliteException">SQLite does not tell.</exception>
    public int PagesWritten()
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_db_status(connection.Handle, PagesWrittenOf, out var pages, out _, resetFlg: 1), connection.Handle);
        return pages;
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            _prepared.Add(sql, command = connection.CreateCommand());
            command.CommandText = sql;
            for (var index = 1; index <= values.Length; index++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"?{index}" });
            }
        }

        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index];
        }

        return command;
    }
}
