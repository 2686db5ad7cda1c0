using System.Globalization;
using Microsoft.Data.Sqlite;
using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Storage.Sqlite;

/// <summary>Orleans reminder table.</summary>
internal sealed class SqliteReminderTable(SqliteStore store, ETagSource etags) : IReminderTable
{
    private const string Select = "SELECT grain, name, start, period, etag FROM reminder ";
    private readonly TimeSpan _deadline = store.Options.GrainStorageDeadline;

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Read(Select + "WHERE grain = ?1", grainId.ToString());

    /// <summary>
    /// Rows of a ring's arc: after <paramref name="begin"/>, up to and with <paramref name="end"/>; equal bounds are the whole ring.
    /// </summary>
    public Task<ReminderTableData> ReadRows(uint begin, uint end) => begin < end
        ? Read(Select + "WHERE hash > ?1 AND hash <= ?2", (long)begin, (long)end)
        : Read(Select + "WHERE hash > ?1 OR hash <= ?2", (long)begin, (long)end);

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        (await Read(Select + "WHERE grain = ?1 AND name = ?2", grainId.ToString(), reminderName)).Reminders.SingleOrDefault();

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        var etag = etags.Next();
        await store.Writer.Run(_deadline, session => session.Execute(
            "INSERT OR REPLACE INTO reminder VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            entry.GrainId.ToString(),
            entry.ReminderName,
            (long)entry.GrainId.GetUniformHashCode(),
            entry.StartAt.Ticks,
            entry.Period.Ticks,
            etag));
        return Text(etag);
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => 1 == await store.Writer.Run(_deadline, session => session.Execute(
        "DELETE FROM reminder WHERE grain = ?1 AND name = ?2 AND etag = ?3",
        grainId.ToString(),
        reminderName,
        long.Parse(eTag, CultureInfo.InvariantCulture)));

    public Task TestOnlyClearTable() => store.Writer.Run(_deadline, session => session.Execute("DELETE FROM reminder"));

    private async Task<ReminderTableData> Read(string query, params object[] values) =>
        new(await store.Readers.Run(_deadline, session => session.Query(Entry, query, values)));

    private static ReminderEntry Entry(SqliteDataReader row) => new()
    {
        GrainId = GrainId.Parse(row.GetString(0)),
        ReminderName = row.GetString(1),
        StartAt = new DateTime(row.GetInt64(2), DateTimeKind.Utc),
        Period = new TimeSpan(row.GetInt64(3)),
        ETag = Text(row.GetInt64(4)),
    };

    private static string Text(long etag) => etag.ToString(CultureInfo.InvariantCulture);
}
