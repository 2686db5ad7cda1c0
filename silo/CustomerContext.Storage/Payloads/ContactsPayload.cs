using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using Google.Protobuf;

namespace CustomerContext.Storage.Payloads;

/// <summary>A company's list of who may be contacted.</summary>
internal static class ContactsPayload
{
    public static IPayloadCodec<Contacts> Codec { get; } = new PayloadCodec<Contacts, Stored.Contacts>(
        1, contacts => new Stored.Contacts { All = { contacts.All.Select(ToMessage) } }, stored => new Contacts([.. stored.All.Select(FromMessage)]));

    private static Stored.Contact ToMessage(Contact contact) => new()
    {
        Customer = ByteString.CopyFrom(Convert.FromHexString(contact.Customer.Value)),
        Topics = { contact.Topics.Select(topic => new Stored.ContactTopic { Topic = topic.Topic, Score = topic.Score }) },
    };

    private static Contact FromMessage(Stored.Contact stored) => new(
        new CustomerKey(Convert.ToHexStringLower(stored.Customer.Span)), [.. stored.Topics.Select(topic => new ContactTopic(topic.Topic, topic.Score))]);
}
