using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Joins;
using CustomerContext.Grains.Joins;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Ciba;
using CustomerContext.V1;
using Orleans;

namespace CustomerContext.Silo.Messages;

/// <summary>Brings requests for consent to people: asks on their device, and sends the link to the address that the tenant named, if it may.</summary>
internal sealed class JoinMessenger(
    JoinSeal seal,
    JoinCodes codes,
    PublicPages pages,
    MessageCaps caps,
    IGrainFactory grains,
    CurrentAccess access,
    IEnumerable<IMessageSender> senders,
    DevelopmentOutbox outbox,
    CibaDesk devices,
    MessageMetrics metrics,
    IHostApplicationLifetime lifetime)
    : IJoinMessenger
{
    public async Task Deliver(string key, Join join, WaitingRequest? waiting)
    {
        var content = seal.Open(key, join.Sealed.AsSpan());
        if (content.Subject is not { } subject)
        {
            return;
        }

        if (waiting is not null)
        {
            devices.Begin(join.Asked!.Value, waiting, subject);
        }

        if (Addresses.Of(subject) is { } address)
        {
            metrics.Ended(await Send(key, join, content, address));
        }
    }

    private async Task<MessageEnd> Send(string key, Join join, SealedJoin content, (AddressKind Kind, string Address) to)
    {
        var tenant = access.Now.Tenants.GetValueOrDefault(join.By.Tenant);
        var sender = tenant is { IsDisabled: false } ? senders.FirstOrDefault(one => one.Takes(tenant.Messages, to.Kind)) : null;
        if (pages.LinkOf(content.Code, content.Proof) is not { } link || (sender is null && !outbox.IsOpen))
        {
            return MessageEnd.NoWay;
        }

        if (!caps.Take(join.By.Tenant, join.By.Actor, key))
        {
            return MessageEnd.Capped;
        }

        if (!await grains.GetGrain<IAddressGrain>(codes.OfAddress(to.Kind.ToString(), to.Address)).Take(key))
        {
            return MessageEnd.Unwanted;
        }

        var message = JoinMessage.Of(key, join.By.Tenant, tenant?.Face.DisplayName ?? join.By.Tenant.Value, to.Kind, to.Address, join, link);
        if (outbox.IsOpen)
        {
            outbox.Add(new OutboxMessage(message.Id, message.Tenant.Value, message.To, message.Language, message.Subject, message.Text, message.Link, message.StopLink, message.Expires));
        }

        var isTaken = sender is null || await sender.Send(tenant!.Messages, message, lifetime.ApplicationStopping);
        return isTaken ? MessageEnd.Sent : MessageEnd.Refused;
    }
}

/// <summary>Addresses that a message can go to.</summary>
internal static class Addresses
{
    /// <summary>The address that a tenant named; absent if it named nobody, or somebody by something else.</summary>
    public static (AddressKind Kind, string Address)? Of(SubjectIdentifier? subject) => subject?.IdentifierCase switch
    {
        SubjectIdentifier.IdentifierOneofCase.Email => (AddressKind.Email, Normal(subject.Email)),
        SubjectIdentifier.IdentifierOneofCase.PhoneNumber => (AddressKind.Phone, subject.PhoneNumber),
        _ => null,
    };

    /// <summary>What that address is.</summary>
    public static Domain.Identities.IdentifierFormat? FormatOf(SubjectIdentifier? subject) => Of(subject)?.Kind switch
    {
        AddressKind.Email => Domain.Identities.IdentifierFormat.Email,
        AddressKind.Phone => Domain.Identities.IdentifierFormat.Phone,
        _ => null,
    };

    /// <summary>The domain compares without case (RFC 5321, 2.4).</summary>
    private static string Normal(string email) => email.LastIndexOf('@') is >= 0 and var at ? email[..at] + email[at..].ToLowerInvariant() : email;
}
