using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;

namespace CustomerContext.Grains.Attention;

/// <summary>Ids of work: keyed hashes, so that nobody outside can trace work to a customer by them. That two works are of one customer an id does not tell; when they come, change and go together, that may.</summary>
/// <param name="secret">A secret of the deployment that is used for nothing else.</param>
public sealed class WorkIds(byte[] secret)
{
    private const int Digits = 32;
    private const int PartDigits = 2;

    /// <summary>The id of what waits of <paramref name="customer"/> at <paramref name="tenant"/>. Its first two digits name the part of the queue, which is the same for all of a customer's work, so they are masked by the rest.</summary>
    public string Of(TenantId tenant, CustomerKey customer, AttentionItem item)
    {
        var rest = Convert.ToHexStringLower(Hash($"{tenant.Value}\n{customer.Value}\n{item.Source.Value}\n{item.Conversation}\n{item.Kind}\n{BeginOf(item)}"))[PartDigits..Digits];
        return $"{PartOf(tenant, customer) ^ MaskOf(tenant, rest):x2}{rest}";
    }

    /// <summary>The key of the grain that keeps the work of <paramref name="customer"/>.</summary>
    public string QueueOf(TenantId tenant, CustomerKey customer) => KeyOf(tenant, PartOf(tenant, customer));

    /// <summary>The key of the grain that keeps the work of this id; absent if it is no id of work of <paramref name="tenant"/>.</summary>
    public string? QueueOf(TenantId tenant, string work)
    {
        if (work.Length != Digits || !work.All(char.IsAsciiHexDigitLower))
        {
            return null;
        }

        var part = Convert.FromHexString(work.AsSpan(0, PartDigits))[0] ^ MaskOf(tenant, work[PartDigits..]);
        return part < Limits.Attention.QueueParts ? KeyOf(tenant, part) : null;
    }

    /// <summary>The keys of all grains that keep work of <paramref name="tenant"/>.</summary>
    public static IEnumerable<string> QueuesOf(TenantId tenant) => Enumerable.Range(0, Limits.Attention.QueueParts).Select(part => KeyOf(tenant, part));

    /// <summary>The tenant of a grain that keeps work.</summary>
    public static string TenantOf(string key) => key[..key.LastIndexOf('/')];

    /// <summary>Tells it from the ones before of its conversation. A question stays the same however often the customer writes again, whether or not the turn that asked it is kept.</summary>
    private static string BeginOf(AttentionItem item) =>
        item.Kind == AttentionKind.Question ? $"after {item.AnsweredAt}" : item.Since.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static string KeyOf(TenantId tenant, int part) => string.Create(CultureInfo.InvariantCulture, $"{tenant.Value}/{part}");

    private int PartOf(TenantId tenant, CustomerKey customer) => Hash($"{tenant.Value}\n{customer.Value}")[0] % Limits.Attention.QueueParts;

    private byte MaskOf(TenantId tenant, string rest) => Hash($"part\n{tenant.Value}\n{rest}")[0];

    private byte[] Hash(string text) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text));
}
