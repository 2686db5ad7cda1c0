using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Ledger;
using CustomerContext.Storage.Payloads;
using StackExchange.Redis;

namespace CustomerContext.Storage.Redis;

/// <inheritdoc cref="ILedger"/>
/// <remarks>
/// Per customer a hash (epoch, sequence, head, consent; checkpoint and pruned, if the chain was cut) and a list of entries, the one of sequence n at
/// n - 1 - pruned; both keys have one hash tag. Each method is one script,
/// hence all or nothing, and each reply names its customer: whatever the client or the network mixes up, nobody gets another's.
/// </remarks>
internal sealed class RedisLedger(RedisStore store) : ILedger
{
    private const string Read =
        """
        local found = redis.call('HMGET', KEYS[1], 'sequence', 'head', 'consent', 'checkpoint')
        if not found[1] then return {KEYS[1]} end
        return {KEYS[1], found[1], found[2], found[3], found[4] or ''}
        """;

    /// <summary>ARGV: expected epoch and sequence (empty: no ledger), new epoch, sequence and head, consent (empty: stays), entries.</summary>
    private const string Append =
        """
        local at = redis.call('HMGET', KEYS[1], 'epoch', 'sequence')
        if (at[1] or '') ~= ARGV[1] or (at[2] or '') ~= ARGV[2] then return {KEYS[1], 'conflict', at[1] or 0, at[2] or 0} end
        redis.call('HSET', KEYS[1], 'epoch', ARGV[3], 'sequence', ARGV[4], 'head', ARGV[5])
        if ARGV[6] ~= '' then redis.call('HSET', KEYS[1], 'consent', ARGV[6]) end
        redis.call('RPUSH', KEYS[2], unpack(ARGV, 7))
        return {KEYS[1], at[1] and 'applied' or 'new'}
        """;

    /// <summary>ARGV: entries below this sequence, how many.</summary>
    private const string List =
        """
        local pruned = tonumber(redis.call('HGET', KEYS[1], 'pruned') or '0')
        local last = math.min(tonumber(ARGV[1]) - 1 - pruned, redis.call('LLEN', KEYS[2]))
        if last < 1 then return {KEYS[1]} end
        return {KEYS[1], unpack(redis.call('LRANGE', KEYS[2], math.max(last - tonumber(ARGV[2]), 0), last - 1))}
        """;

    /// <summary>ARGV: sequence of the first entry, entries.</summary>
    private const string Erase =
        """
        local first = tonumber(ARGV[1]) - 1 - tonumber(redis.call('HGET', KEYS[1], 'pruned') or '0')
        local length = redis.call('LLEN', KEYS[2])
        for i = 2, #ARGV do
          local at = first + i - 2
          if at >= 0 and at < length then redis.call('LSET', KEYS[2], at, ARGV[i]) end
        end
        return {KEYS[1]}
        """;

    /// <summary>ARGV: sequence of the last entry to go, the checkpoint.</summary>
    private const string Prune =
        """
        local more = tonumber(ARGV[1]) - tonumber(redis.call('HGET', KEYS[1], 'pruned') or '0')
        if more < 1 or redis.call('LLEN', KEYS[2]) < more then return {KEYS[1]} end
        redis.call('LTRIM', KEYS[2], more, -1)
        redis.call('HSET', KEYS[1], 'pruned', ARGV[1], 'checkpoint', ARGV[2])
        return {KEYS[1]}
        """;

    /// <summary>The key of a customer's ledger; the others of the customer begin with it.</summary>
    public static string KeyOf(CustomerKey customer) => $"customercontext/ledger/{{{customer.Value}}}";

    public Task<LedgerState?> ReadAsync(CustomerKey customer) =>
        LedgerCall.Guard(store.Load(store.Options.LedgerDeadline, redis => StateOf(redis, customer)));

    public Task<LedgerState?> ReadAgainAsync(CustomerKey customer) =>
        LedgerCall.Guard(store.ReadNow(store.Options.LedgerDeadline, redis => StateOf(redis, customer)));

    public Task<AppendOutcome> AppendAsync(CustomerKey customer, LedgerVersion? expected, ConsentState? consent, ImmutableArray<LedgerEntry> entries)
    {
        var append = new LedgerAppend(expected, consent, entries);
        RedisValue[] values =
        [
            expected is null ? "" : expected.Value.Epoch,
            expected is null ? "" : expected.Value.Sequence,
            append.Next.Epoch,
            append.Next.Sequence,
            append.Head.Hash.ToArray(),
            consent is null ? "" : ConsentPayload.Codec.Encode(consent),
            .. entries.Select(entry => (RedisValue)LedgerEntryPayload.Codec.Encode(entry)),
        ];
        return Run(async redis =>
        {
            var reply = await Call(redis, Append, customer, values);
            switch ((string)reply[1]!)
            {
                case "applied":
                    return AppendOutcome.Applied;
                case "new":
                    await store.Confirm(redis);
                    return AppendOutcome.Applied;
                default:
                    // Whoever expects a version has seen it, and both numbers only ever grow.
                    var isLess = expected is { } seen && ((long)reply[2] < seen.Epoch || (long)reply[3] < seen.Sequence);
                    return isLess ? throw await store.WentBack(redis) : AppendOutcome.Conflict;
            }
        });
    }

    public Task<ImmutableArray<LedgerEntry>> ListAsync(CustomerKey customer, long before, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, Limits.Storage.ListedEntries);
        return Run(async redis =>
        {
            var entries = (await Call(redis, List, customer, before, max)).Skip(1).Select(entry => LedgerEntryPayload.Codec.Decode((byte[])entry!));
            return entries.Reverse().ToImmutableArray();
        });
    }

    public Task EraseAsync(CustomerKey customer, ImmutableArray<LedgerEntry> erased)
    {
        RedisValue[] values = [erased[0].Sequence, .. erased.Select(entry => (RedisValue)LedgerEntryPayload.Codec.Encode(entry))];
        return Run(redis => Call(redis, Erase, customer, values));
    }

    public Task PruneAsync(CustomerKey customer, Checkpoint checkpoint) =>
        Run(redis => Call(redis, Prune, customer, checkpoint.Head.Sequence, CheckpointPayload.Codec.Encode(checkpoint)));

    private async Task<LedgerState?> StateOf(IDatabase redis, CustomerKey customer)
    {
        var reply = await Call(redis, Read, customer);
        if (reply.Length > 1)
        {
            var checkpoint = (byte[])reply[4]!;
            return new LedgerState(
                ConsentPayload.Codec.Decode((byte[])reply[3]!),
                new ChainHead((long)reply[1], Digest.Read((byte[])reply[2]!)),
                checkpoint.Length == 0 ? null : CheckpointPayload.Codec.Decode(checkpoint));
        }

        await store.Confirm(redis);
        return null;
    }

    private static async Task<RedisResult[]> Call(IDatabase redis, string script, CustomerKey customer, params RedisValue[] values)
    {
        var key = KeyOf(customer);
        var reply = (RedisResult[])(await redis.ScriptEvaluateAsync(script, [key, $"{key}/entries"], values, CommandFlags.DemandMaster))!;
        return (string)reply[0]! == key ? reply : throw new StoreUnavailableException("Redis: the reply to another call.");
    }

    private Task<T> Run<T>(Func<IDatabase, Task<T>> call) => LedgerCall.Guard(store.Run(store.Options.LedgerDeadline, call));
}
