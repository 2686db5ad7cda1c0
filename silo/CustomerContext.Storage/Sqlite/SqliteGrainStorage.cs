using System.Globalization;
using System.Runtime.CompilerServices;
using CustomerContext.Storage.Payloads;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace CustomerContext.Storage.Sqlite;

/// <summary>
/// Orleans grain storage. An ETag is a number that no other write of this process's life bears, so that a stale activation never matches a record
/// that was cleared and
/// made anew.
/// </summary>
internal sealed class SqliteGrainStorage(SqliteStore store, ETagSource etags) : IGrainStorage
{
    private readonly TimeSpan _deadline = store.Options.GrainStorageDeadline;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = await store.Readers.Load(_deadline, session => session.Query(
            row => (ETag: row.GetInt64(0), Payload: row.GetFieldValue<byte[]>(1)),
            "SELECT etag, payload FROM state WHERE grain = ?1 AND name = ?2",
            grainId.ToString(),
            stateName));
        if (found.Count == 0)
        {
            Reset(grainState);
            return;
        }

        grainState.State = PayloadCodecs.For<T>().Decode(found[0].Payload);
        grainState.ETag = Text(found[0].ETag);
        grainState.RecordExists = true;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var payload = PayloadCodecs.For<T>().Encode(grainState.State!);
        var (grain, old, next) = (grainId.ToString(), grainState.ETag, etags.Next());
        var isWritten = await store.Writer.Run(_deadline, session => 1 == (old is null
            ? session.Execute("INSERT INTO state VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING", grain, stateName, next, payload)
            : session.Execute("UPDATE state SET etag = ?1, payload = ?2 WHERE grain = ?3 AND name = ?4 AND etag = ?5", next, payload, grain, stateName, Number(old))));
        ThrowUnless(isWritten, stateName);
        grainState.ETag = Text(next);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (grain, old) = (grainId.ToString(), grainState.ETag);
        var isCleared = await store.Writer.Run(_deadline, session => old is null
            ? session.Query(row => row.GetInt64(0), "SELECT etag FROM state WHERE grain = ?1 AND name = ?2", grain, stateName).Count == 0
            : session.Execute("DELETE FROM state WHERE grain = ?1 AND name = ?2 AND etag = ?3", grain, stateName, Number(old)) == 1);
        ThrowUnless(isCleared, stateName);
        Reset(grainState);
    }

    /// <summary>
    /// A type without a constructor of its own gets an empty object, as Orleans makes it; grains look at <see cref="IGrainState{T}.RecordExists"/>
    /// then.
    /// </summary>
    private static void Reset<T>(IGrainState<T> grainState)
    {
        grainState.State = typeof(T).GetConstructor(Type.EmptyTypes) is null
            ? (T)RuntimeHelpers.GetUninitializedObject(typeof(T))
            : Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static void ThrowUnless(bool isAsExpected, string stateName)
    {
        if (!isAsExpected)
        {
            throw new InconsistentStateException($"The stored state '{stateName}' of a grain is not the one that was read.");
        }
    }

    private static string Text(long etag) => etag.ToString(CultureInfo.InvariantCulture);

    private static long Number(string etag) => long.Parse(etag, CultureInfo.InvariantCulture);
}
