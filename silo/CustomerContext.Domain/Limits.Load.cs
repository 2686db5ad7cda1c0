using CustomerContext.Domain.Access;

namespace CustomerContext.Domain;

/// <summary>How much a silo has in hand at once.</summary>
public static partial class Limits
{
    /// <summary>
    /// Calls in hand. Signals end first: from <see cref="Signals"/> on there is room for looks only. From <see cref="Looks"/> on there is none, and half of the store's places
    /// (<see cref="Storage.WaitingCalls"/>) are still free, so that a revoke finds one.
    /// </summary>
    public static class Load
    {
        /// <summary>Signals and the people whom they name.</summary>
        public static LoadBound Signals { get; } = new(Own: 512, Shared: 6_144);

        /// <summary>Looks, each person counted, and every other call that is over soon.</summary>
        public static LoadBound Looks { get; } = new(Own: 64, Shared: 8_192);

        /// <summary>Streams that are open, of signals too.</summary>
        public static LoadBound Streams { get; } = new(Own: 256, Shared: 8_192);

        /// <summary>A message that is on its way counts as one unit for each so many bytes that it may have. So all of them together have less than 512 MiB.</summary>
        public const int BytesOfUnit = 64 * 1024;

        /// <summary>After so long a sender of signals may try again.</summary>
        public static TimeSpan SignalsRest { get; } = TimeSpan.FromSeconds(1);

        /// <summary>After so long any other caller may try again; also how often a stream of signals that is held back looks for room.</summary>
        public static TimeSpan OtherRest { get; } = TimeSpan.FromMilliseconds(200);
    }
}
