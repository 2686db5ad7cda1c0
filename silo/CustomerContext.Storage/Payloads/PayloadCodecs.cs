using System.Collections.Frozen;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Interactions;
using CustomerContext.Domain.Joins;
using CustomerContext.Domain.Ties;
using CustomerContext.Domain.Tribes;

namespace CustomerContext.Storage.Payloads;

/// <summary>
/// Every stored type and its codec. The form of each is the protobuf message of the same name: consent.proto, customer.proto (the live context), groups.proto (ties, networks, outbox, tribes),
/// identity.proto, joins.proto, work.proto (queues and lists of companies), news.proto (of whom companies were told). What is stored of a customer is in docs/architecture.md.
/// An Interaction is of a tenant; it is in consent.proto too.
/// </summary>
internal static class PayloadCodecs
{
    private static readonly FrozenDictionary<Type, object> All = new Dictionary<Type, object>
    {
        [typeof(Checkpoint)] = CheckpointPayload.Codec,
        [typeof(ConsentState)] = ConsentPayload.Codec,
        [typeof(CustomerState)] = CustomerPayload.Codec,
        [typeof(IdentityState)] = IdentityPayload.Codec,
        [typeof(Interaction)] = CallPayload.Codec,
        [typeof(LedgerEntry)] = LedgerEntryPayload.Codec,
        [typeof(TiesState)] = TiesPayload.Codec,
        [typeof(FollowerList)] = OutboxPayload.Followers,
        [typeof(FriendCodeState)] = FriendCodePayload.Codec,
        [typeof(JoinState)] = JoinPayload.Codec,
        [typeof(AddressState)] = JoinPayload.Address,
        [typeof(TribeState)] = TribePayload.Codec,
        [typeof(TribeShardState)] = TribePayload.Shard,
        [typeof(WorkShard)] = WorkPayload.Codec,
        [typeof(Contacts)] = ContactsPayload.Codec,
        [typeof(NewsIndex)] = NewsIndexPayload.Codec,
    }.ToFrozenDictionary();

    /// <summary>The types that are kept.</summary>
    public static IEnumerable<Type> Types => All.Keys;

    /// <summary>The codec of <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none: a mistake in the program.</exception>
    public static IPayloadCodec<T> For<T>() => All.TryGetValue(typeof(T), out var codec)
        ? (IPayloadCodec<T>)codec
        : throw new InvalidOperationException($"{typeof(T)} has no payload codec.");
}
