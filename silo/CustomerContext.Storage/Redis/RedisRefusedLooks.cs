using System.Collections.Immutable;
using System.Globalization;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Ledger;
using StackExchange.Redis;

namespace CustomerContext.Storage.Redis;

/// <inheritdoc cref="IRefusedLooks"/>
/// <remarks>Per customer a hash of counts, its fields <c>day/tenant</c>; under the hash tag of the customer's ledger.</remarks>
internal sealed class RedisRefusedLooks(RedisStore store) : IRefusedLooks
{
    /// <summary>ARGV: first day to keep, then field and count of each.</summary>
    private const string Add =
        """
        for i = 2, #ARGV, 2 do redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1]) end
        for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
          if tonumber(string.match(field, '^(%d+)/')) < tonumber(ARGV[1]) then redis.call('HDEL', KEYS[1], field) end
        end
        return 0
        """;

    private readonly TimeSpan _deadline = store.Options.LedgerDeadline;

    public Task AddAsync(CustomerKey customer, ImmutableArray<RefusedDay> looks, int firstDay)
    {
        RedisValue[] values = [firstDay, .. looks.SelectMany(one => new RedisValue[] { $"{one.Day}/{one.Tenant.Value}", one.Looks })];
        return Run(customer, Add, values);
    }

    public async Task<ImmutableArray<RefusedDay>> ListAsync(CustomerKey customer)
    {
        var reply = (RedisResult[])(await Run(customer, "return redis.call('HGETALL', KEYS[1])"))!;
        return
        [
            .. reply.Chunk(2)
                .Select(pair => Of((string)pair[0]!, (long)pair[1]))
                .OrderByDescending(one => one.Day)
                .ThenBy(one => one.Tenant.Value, StringComparer.Ordinal),
        ];
    }

    public Task ForgetAsync(CustomerKey customer) => Run(customer, "return redis.call('DEL', KEYS[1])");

    private static RefusedDay Of(string field, long looks)
    {
        var slash = field.IndexOf('/', StringComparison.Ordinal);
        return new RefusedDay(new TenantId(field[(slash + 1)..]), int.Parse(field.AsSpan(0, slash), CultureInfo.InvariantCulture), looks);
    }

    private Task<RedisResult> Run(CustomerKey customer, string script, params RedisValue[] values) => LedgerCall.Guard(store.Run(
        _deadline,
        redis => redis.ScriptEvaluateAsync(script, [$"{RedisLedger.KeyOf(customer)}/refused"], values, CommandFlags.DemandMaster)));
}
