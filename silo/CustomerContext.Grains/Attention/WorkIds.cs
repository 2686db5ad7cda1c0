using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;

namespace CustomerContext.Grains.Attention;

/// <summary>Ids of work: keyed hashes, so that nobody outside can trace work to a customer, or two works to one.</summary>
/// <param name="secret">A secret of the deployment that is used for nothing else.</param>
public sealed class WorkIds(byte[] secret)
{
    private const int Digits = 32;

    /// <summary>The id of what waits of <paramref name="customer"/> at <paramref name="tenant"/>. Its first digit is the part of the queue, the same for all of a customer's work.</summary>
    public string Of(TenantId tenant, CustomerKey customer, AttentionItem item) =>
        ShardOf(tenant, customer)
        + Hash($"{tenant.Value}\n{customer.Value}\n{item.Source.Value}\n{item.Conversation}\n{item.Kind}\n{BeginOf(item)}")[1..Digits];

    /// <summary>The key of the grain that keeps the work of <paramref name="customer"/>.</summary>
    public string QueueOf(TenantId tenant, CustomerKey customer) => KeyOf(tenant, ShardOf(tenant, customer)[0]);

    /// <summary>The key of the grain that keeps the work of this id; absent if it is no id of work.</summary>
    public static string? QueueOf(TenantId tenant, string work) => work.Length == Digits && work.All(char.IsAsciiHexDigitLower) ? KeyOf(tenant, work[0]) : null;

    /// <summary>The keys of all grains that keep work of <paramref name="tenant"/>.</summary>
    public static IEnumerable<string> QueuesOf(TenantId tenant) =>
        Enumerable.Range(0, Limits.Attention.QueueShards).Select(shard => KeyOf(tenant, shard.ToString("x", CultureInfo.InvariantCulture)[0]));

    /// <summary>The tenant of a grain that keeps work.</summary>
    public static string TenantOf(string key) => key[..key.LastIndexOf('/')];

    /// <summary>Tells it from the ones before of its conversation. A question stays the same however often the customer writes again, whether or not the turn that asked it is kept.</summary>
    private static string BeginOf(AttentionItem item) =>
        item.Kind == AttentionKind.Question ? $"after {item.AnsweredAt}" : item.Since.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static string KeyOf(TenantId tenant, char shard) => $"{tenant.Value}/{shard}";

    private string ShardOf(TenantId tenant, CustomerKey customer) => Hash($"{tenant.Value}\n{customer.Value}")[..1];

    private string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));
}
