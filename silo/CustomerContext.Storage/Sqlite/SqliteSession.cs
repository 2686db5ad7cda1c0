using Microsoft.Data.Sqlite;

namespace CustomerContext.Storage.Sqlite;

/// <summary>A connection with its prepared statements, for one thread at a time. Parameters are <c>?1</c>, <c>?2</c> and so on.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
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
