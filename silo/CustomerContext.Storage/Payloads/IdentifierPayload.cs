using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using Google.Protobuf;

namespace CustomerContext.Storage.Payloads;

/// <summary>A customer's identifiers, within their consent.</summary>
internal static class IdentifierPayload
{
    public static Stored.LinkedIdentifier ToMessage(LinkedIdentifier identifier)
    {
        var stored = new Stored.LinkedIdentifier
        {
            Key = identifier.Key,
            Format = (int)identifier.Format,
            Verification = (int)identifier.Verification,
            LinkedTicks = Ticks.Of(identifier.LinkedAt),
        };
        if (identifier.Tenant is { } tenant)
        {
            stored.Tenant = tenant.Value;
        }

        return stored;
    }

    public static LinkedIdentifier FromMessage(Stored.LinkedIdentifier stored) => new(
        stored.Key,
        (IdentifierFormat)stored.Format,
        (Verification)stored.Verification,
        stored.HasTenant ? new TenantId(stored.Tenant) : null,
        Ticks.Instant(stored.LinkedTicks));

    public static Stored.SentCode ToMessage(SentCode sent) => new()
    {
        Key = sent.Key,
        Format = (int)sent.Format,
        Code = ByteString.CopyFrom(sent.Code.ToArray()),
        SentTicks = Ticks.Of(sent.SentAt),
        WrongTries = sent.WrongTries,
    };

    public static SentCode FromMessage(Stored.SentCode stored) => new(
        stored.Key, (IdentifierFormat)stored.Format, Digest.Read(stored.Code.Span), Ticks.Instant(stored.SentTicks), stored.WrongTries);

    public static Stored.Merge ToMessage(Merge merge) => new() { Customer = merge.Customer.Value, Key = merge.Key, AtTicks = Ticks.Of(merge.At) };

    public static Merge FromMessage(Stored.Merge stored) => new(new CustomerKey(stored.Customer), stored.Key, Ticks.Instant(stored.AtTicks));
}
