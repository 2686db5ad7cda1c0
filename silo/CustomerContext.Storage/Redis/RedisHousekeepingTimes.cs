using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Housekeeping;
using StackExchange.Redis;

namespace CustomerContext.Storage.Redis;

/// <inheritdoc cref="IHousekeepingTimes"/>
/// <remarks>One sorted set of customers by time in milliseconds since the Unix epoch.</remarks>
internal sealed class RedisHousekeepingTimes(RedisStore store) : IHousekeepingTimes
{
    private const string List = "return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])";
    private static readonly RedisKey[] _key = ["customercontext/keeping"];

    private readonly TimeSpan _deadline = store.Options.LedgerDeadline;

    public Task SetAsync(CustomerKey customer, DateTimeOffset due) =>
        Run("return redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])", due.ToUnixTimeMilliseconds(), customer.Value);

    public async Task<ImmutableArray<CustomerKey>> ListDueAsync(DateTimeOffset now, int max)
    {
        var due = (RedisResult[])(await Run(List, now.ToUnixTimeMilliseconds(), max))!;
        return [.. due.Select(customer => new CustomerKey((string)customer!))];
    }

    public Task RemoveAsync(CustomerKey customer) => Run("return redis.call('ZREM', KEYS[1], ARGV[1])", customer.Value);

    private Task<RedisResult> Run(string script, params RedisValue[] values) =>
        LedgerCall.Guard(store.Run(_deadline, redis => redis.ScriptEvaluateAsync(script, _key, values, CommandFlags.DemandMaster)));
}
