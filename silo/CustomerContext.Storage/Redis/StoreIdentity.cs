using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace CustomerContext.Storage.Redis;

/// <summary>
/// A random name that is written into the store once and kept in a file beside it, so that a store which was emptied or exchanged is noticed: everybody's consent would be gone without a
/// trace. The name begins with the store's format, for example <c>v3-</c>.
/// </summary>
internal sealed class StoreIdentity(RedisStoreOptions options)
{
    private const string Read = "return redis.call('GET', KEYS[1])";
    private const string WriteOnce = "redis.call('SET', KEYS[1], ARGV[1], 'NX') return redis.call('GET', KEYS[1])";
    private const string Before = "v";
    private static readonly RedisKey[] Key = ["customercontext/store"];

    private readonly string _file = Path.Combine(options.DataDirectory, "store-id");
    private string? _known;

    /// <summary>Learns which store this is supposed to be; names a new one.</summary>
    /// <exception cref="StorageStartException">It is another store than before, it was emptied, or its format is another one.</exception>
    public async Task Establish(IDatabase redis)
    {
        _known ??= File.Exists(_file) ? (await File.ReadAllTextAsync(_file)).Trim() : null;
        if (_known is not null && !options.AcceptStore)
        {
            await Confirm(redis);
            CheckFormat(_known);
            return;
        }

        var fresh = $"{Before}{StoreFormat.Version}-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var name = (string)(await redis.ScriptEvaluateAsync(WriteOnce, Key, [fresh], CommandFlags.DemandMaster))!;
        CheckFormat(name);
        await Keep(name);
        _known = name;
    }

    /// <summary>Makes sure that this still is the store that it was.</summary>
    /// <exception cref="StorageStartException">It is not.</exception>
    public async Task Confirm(IDatabase redis)
    {
        var found = (string?)await redis.ScriptEvaluateAsync(Read, Key, [], CommandFlags.DemandMaster);
        if (found != _known)
        {
            throw new StorageStartException(
                (found is null ? "This Redis was emptied: it no longer has the name that it had." : "This is another Redis than before: it has another name.")
                + $" Bring the right one back, or, if what is lost may be lost, start with --accept-store. (The name is kept in {_file}.)");
        }
    }

    /// <summary>Names had no format before version 3.</summary>
    private static void CheckFormat(string name)
    {
        var format = name.StartsWith(Before, StringComparison.Ordinal) && int.TryParse(name.AsSpan(Before.Length, name.IndexOf('-') - Before.Length), out var found) ? found : 0;
        if (format != StoreFormat.Version)
        {
            throw StoreFormat.Refusal("This Redis", format);
        }
    }

    /// <summary>Never half a name in the file, whenever the process dies.</summary>
    private async Task Keep(string name)
    {
        Directory.CreateDirectory(options.DataDirectory);
        var written = _file + ".new";
        await using (var file = new FileStream(written, FileMode.Create))
        {
            await file.WriteAsync(Encoding.ASCII.GetBytes(name));
            file.Flush(flushToDisk: true);
        }

        File.Move(written, _file, overwrite: true);
    }
}
