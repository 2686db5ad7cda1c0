using CustomerContext.Domain.Customers;

namespace CustomerContext.Storage.Payloads;

/// <summary>A customer's live context.</summary>
internal static class CustomerPayload
{
    public static IPayloadCodec<CustomerState> Codec { get; } = new PayloadCodec<CustomerState, Stored.CustomerState>(1, ToMessage, FromMessage);

    private static Stored.CustomerState ToMessage(CustomerState state)
    {
        var stored = new Stored.CustomerState
        {
            Newest = state.Newest,
            Taken = state.Taken,
        };
        stored.LookMail = LookMailPayload.ToMessage(state.LookMail);
        stored.LookMailTold = LookMailPayload.ToMessage(state.LookMailTold);
        stored.Told.AddRange(state.Told.Select(NewsPayload.ToMessage));
        stored.Sources.AddRange(state.Sources.Select(SourcePayload.ToMessage));
        stored.WindowFingerprints = WindowPayload.Write(state.Window, stored.WindowSeconds, stored.Horizon);
        stored.BehaviourFingerprints = WindowPayload.Write(state.Behaviours, stored.BehaviourSeconds, stored.BehaviourHorizon);
        return stored;
    }

    private static CustomerState FromMessage(Stored.CustomerState stored) => new(
        stored.Newest,
        [.. stored.Sources.Select(SourcePayload.FromMessage)],
        WindowPayload.Read(stored.WindowSeconds, stored.WindowFingerprints, stored.Horizon))
    {
        Taken = stored.Taken,
        LookMail = LookMailPayload.FromMessage(stored.LookMail),
        LookMailTold = LookMailPayload.FromMessage(stored.LookMailTold),
        Told = [.. stored.Told.Select(NewsPayload.FromMessage)],
        Behaviours = WindowPayload.Read(stored.BehaviourSeconds, stored.BehaviourFingerprints, stored.BehaviourHorizon),
    };
}
