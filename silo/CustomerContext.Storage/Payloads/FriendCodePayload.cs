using CustomerContext.Domain.Common;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Storage.Payloads;

/// <summary>Whose friend code it is, and the codes that a customer handed out.</summary>
internal static class FriendCodePayload
{
    public static IPayloadCodec<FriendCodeState> Codec { get; } = new PayloadCodec<FriendCodeState, Stored.FriendCodeState>(1, ToMessage, FromMessage);

    public static Stored.FriendCode ToMessage(FriendCode code) =>
        new() { RequestId = code.RequestId, Attempt = code.Attempt, Key = code.Key, UntilTicks = Ticks.Of(code.Until) };

    public static FriendCode FromMessage(Stored.FriendCode stored) => new(stored.RequestId, stored.Attempt, stored.Key, Ticks.Instant(stored.UntilTicks));

    private static Stored.FriendCodeState ToMessage(FriendCodeState state) =>
        new() { Owner = state.Owner?.Value ?? "", UntilTicks = Ticks.Of(state.Until), UsedBy = state.UsedBy?.Value ?? "" };

    private static FriendCodeState FromMessage(Stored.FriendCodeState stored) => new(KeyOf(stored.Owner), Ticks.Instant(stored.UntilTicks), KeyOf(stored.UsedBy));

    private static CustomerKey? KeyOf(string text) => text.Length > 0 ? new CustomerKey(text) : null;
}
