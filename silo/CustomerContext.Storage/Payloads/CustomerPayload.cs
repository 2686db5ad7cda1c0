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
            WindowFingerprints = WindowPayload.WriteFingerprints(state.Window.Entries),
        };
        stored.Sources.AddRange(state.Sources.Select(SourcePayload.ToMessage));
        if (state.TopicError is { } error)
        {
            stored.TopicError.AddRange([error.Week, error.Sum]);
        }

        WindowPayload.WriteSeconds(stored.WindowSeconds, state.Window.Entries);
        WindowPayload.WriteHorizon(stored.Horizon, state.Window.Horizon);
        return stored;
    }

    private static CustomerState FromMessage(Stored.CustomerState stored) => new(
        stored.Newest,
        [.. stored.Sources.Select(SourcePayload.FromMessage)],
        stored.TopicError is [var week, var sum] ? new WeekSum((int)week, sum) : null,
        WindowPayload.Read(stored.WindowSeconds, stored.WindowFingerprints, stored.Horizon))
    {
        Taken = stored.Taken,
    };
}
