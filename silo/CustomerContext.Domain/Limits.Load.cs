using CustomerContext.Domain.Access;

namespace CustomerContext.Domain;

/// <summary>How much a silo has in hand at once.</summary>
public static partial class Limits
{
    /// <summary>
    /// Calls in hand. Signals end first: from <see cref="Signals"/> on there is room for looks only, beside the room that each company has of its own. The store has more places
    /// (<see cref="Storage.WaitingCalls"/>) than the shared room and the own rooms of five companies, so a revoke finds one unless more companies than that flood at once.
    /// </summary>
    public static class Load
    {
        /// <summary>
        /// Signals and the people whom they name. A company's own room takes what one publisher of the SDK has in flight (8 requests of 500 signals); with the shared one it takes three of them.
        /// </summary>
        public static LoadBound Signals { get; } = new(Own: 4_096, Shared: 8_192);

        /// <summary>Looks, each person counted, and every other call that is over soon.</summary>
        public static LoadBound Looks { get; } = new(Own: 64, Shared: 10_240);

        /// <summary>Streams that are open, of signals too.</summary>
        public static LoadBound Streams { get; } = new(Own: 256, Shared: 8_192);

        /// <summary>Calls without a token: of one address or IPv6 network, and of all of those together. Both must have room.</summary>
        public static LoadBound Anonymous { get; } = new(Own: 64, Shared: 2_048);

        /// <summary>Signals that customers send about themselves: of one customer, and of all of them together. Both must have room; only bytes count.</summary>
        public static LoadBound CustomerSignals { get; } = new(Own: 512, Shared: 4_096);

        /// <summary>
        /// A message counts as no less than one unit for each so many bytes: those that it may have while it is on its way, and those that it has while the silo holds it. So the messages in the shared
        /// room have 640 MiB at most, those of one company's own room 256 MiB of signals and 4 MiB of others, those without a token 128 MiB, and customers' signals 256 MiB; each and the rest of one message
        /// more. Not counted are a customer's other calls (64 KiB and 10 seconds each).
        /// </summary>
        public const int BytesOfUnit = 64 * 1024;

        /// <summary>After so long a sender of signals may try again.</summary>
        public static TimeSpan SignalsRest { get; } = TimeSpan.FromSeconds(1);

        /// <summary>After so long any other caller may try again; also how often a stream of signals that is held back looks for room.</summary>
        public static TimeSpan OtherRest { get; } = TimeSpan.FromMilliseconds(200);
    }
}
