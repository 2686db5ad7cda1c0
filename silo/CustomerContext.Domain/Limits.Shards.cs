namespace CustomerContext.Domain;

/// <content>How tribes are kept.</content>
public static partial class Limits
{
    /// <summary>Shards of tribes, and who reads them.</summary>
    public static class Shards
    {
        /// <summary>Messages a minute beyond which a shard is hot.</summary>
        public const int HotChanges = 60_000;

        /// <summary>Members beyond which a hot shard takes no new ones.</summary>
        public const int HotMembers = 4_000;

        /// <summary>How long a shard rests after a write, in times that it took, unless somebody is to be taken out: a hot one leaves the machine to others.</summary>
        public const int RestTimes = 50;

        /// <summary>Shards that one release asks at once.</summary>
        public const int AskedAtOnce = 16;

        /// <summary>Tribes that the configuration may name.</summary>
        public const int Configured = 10_000;

        /// <summary>Longest such rest.</summary>
        public static TimeSpan LongestRest { get; } = TimeSpan.FromSeconds(1);

        /// <summary>How long after its time a silo asks again for a release that it does not have.</summary>
        public static TimeSpan AskAgain { get; } = TimeSpan.FromSeconds(5);
    }
}
