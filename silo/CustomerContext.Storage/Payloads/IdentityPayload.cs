using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;

namespace CustomerContext.Storage.Payloads;

/// <summary>Whose a subject identifier is.</summary>
internal static class IdentityPayload
{
    public static IPayloadCodec<IdentityState> Codec { get; } = new PayloadCodec<IdentityState, Stored.IdentityState>(2, ToMessage, FromMessage);

    private static Stored.IdentityState ToMessage(IdentityState state) => new()
    {
        Holders = { state.Holders.Select(holder => new Stored.IdentityHolder { Customer = holder.Customer.Value, IsVerified = holder.IsVerified }) },
        IsCrowded = state.IsCrowded,
    };

    private static IdentityState FromMessage(Stored.IdentityState stored) =>
        new([.. stored.Holders.Select(holder => new IdentityHolder(new CustomerKey(holder.Customer), holder.IsVerified))], stored.IsCrowded);
}
