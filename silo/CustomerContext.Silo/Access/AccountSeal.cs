using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Access;

/// <summary>
/// The two slips of paper by which a customer shows that an account in a network is theirs. A ticket says "this customer wants to connect this network": their page gets it, the network's connector shows it. A
/// proof adds "and this account is theirs": the connector gets it for a ticket, the customer's page shows it. Nobody but the silo can read or make one; it is encrypted under a key of the deployment, so no silo has to
/// remember it. Whoever gets hold of one gains nothing: a ticket serves the network's connector alone, a proof the customer who began.
/// </summary>
internal sealed class AccountSeal(DeploymentKey key, TimeProvider time)
{
    private readonly byte[] _key = key.Derive("accounts in networks");

    /// <summary>A ticket and its end.</summary>
    public (string Text, DateTimeOffset Until) Ticket(CustomerKey customer, TenantId network) => Write("ticket"u8, new Slip(customer.Value, network.Value));

    /// <summary>A proof and its end.</summary>
    public (string Text, DateTimeOffset Until) Proof(CustomerKey customer, TenantId network, string account) => Write("proof"u8, new Slip(customer.Value, network.Value, account));

    /// <summary>The customer of a ticket; refused if it is none, over or another network's.</summary>
    public Outcome<CustomerKey> ReadTicket(string text, TenantId network) =>
        Read("ticket"u8, text) is { } slip && slip.Network == network.Value ? new CustomerKey(slip.Customer) : new Refusal(RefusalReason.CodeNotAccepted);

    /// <summary>The account of a proof; refused if it is none, over, another network's or another customer's.</summary>
    public Outcome<string> ReadProof(string text, CustomerKey customer, TenantId network) =>
        Read("proof"u8, text) is { } slip && slip.Network == network.Value && slip.Customer == customer.Value ? slip.Account : new Refusal(RefusalReason.CodeNotAccepted);

    private (string Text, DateTimeOffset Until) Write(ReadOnlySpan<byte> kind, Slip slip)
    {
        var until = time.GetUtcNow() + Limits.Identifiers.SlipLifetime;
        var plain = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{slip.Customer}\n{slip.Network}\n{until.ToUnixTimeMilliseconds()}\n{slip.Account}"));
        return (Base64Url.EncodeToString(Sealing.Seal(_key, plain, kind)), until);
    }

    private Slip? Read(ReadOnlySpan<byte> kind, string text)
    {
        try
        {
            var parts = Encoding.UTF8.GetString(Sealing.Open(_key, Base64Url.DecodeFromChars(text), kind)).Split('\n', 4);
            return time.GetUtcNow().ToUnixTimeMilliseconds() < long.Parse(parts[2], CultureInfo.InvariantCulture) ? new Slip(parts[0], parts[1], parts[3]) : null;
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            // Not one of ours: whoever sent it is told so.
            return null;
        }
    }

    /// <summary>What a slip says; a ticket names no account.</summary>
    private sealed record Slip(string Customer, string Network, string Account = "");
}
