using System.Security.Cryptography;

namespace CustomerContext.Storage.Sqlite;

/// <summary>Numbers that do not repeat within this process, nor (but by a chance of 2^-62) those of an earlier one.</summary>
internal sealed class ETagSource
{
    private long _last = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) >>> 2;

    public long Next() => Interlocked.Increment(ref _last);
}
