namespace CustomerContext.Domain;

public static partial class Limits
{
    /// <summary>How silos of a cluster know of each other.</summary>
    public static class Cluster
    {
        /// <summary>Silos that miss this many probes in a row are suspected to be gone.</summary>
        public const int MissedProbes = 3;

        /// <summary>How often a silo asks another one at first whether it is there, and how long it waits for the answer; then as often as the answers' times allow, between the two below.</summary>
        public static TimeSpan Probe { get; } = TimeSpan.FromSeconds(2);

        /// <summary>The least time for a probe. The customers of a silo whose process ended wait about <see cref="MissedProbes"/> times as long.</summary>
        public static TimeSpan ShortestProbe { get; } = TimeSpan.FromSeconds(1);

        /// <summary>The longest time for a probe, when this silo itself is slow. A silo that halts, and keeps its connections, is given up after <see cref="MissedProbes"/> times as long without a word.</summary>
        public static TimeSpan LongestProbe { get; } = TimeSpan.FromSeconds(3);

        /// <summary>How often a silo writes in the table of silos that it is alive. One that has not for some of these is not waited for by those that join.</summary>
        public static TimeSpan RowWrittenEvery { get; } = TimeSpan.FromSeconds(5);

        /// <summary>How often the table of silos is read, beside what silos tell each other.</summary>
        public static TimeSpan TableReadEvery { get; } = TimeSpan.FromSeconds(10);

        /// <summary>How often a silo looks for its own row in the table of silos.</summary>
        public static TimeSpan RowSoughtEvery { get; } = TimeSpan.FromSeconds(5);

        /// <summary>A silo whose row is missing for as long stops: those that come next would found a second cluster beside it.</summary>
        public static TimeSpan RowMissing { get; } = TimeSpan.FromSeconds(30);

        /// <summary>How long such a silo has for closing its doors before its process ends.</summary>
        public static TimeSpan DoorsClose { get; } = TimeSpan.FromSeconds(10);

        /// <summary>Looks at nobody that a silo of a cluster does before its doors open.</summary>
        public const int WarmUpLooks = 256;

        /// <summary>How many of these at once.</summary>
        public const int WarmUpAtOnce = 16;

        /// <summary>How long they may take; then the doors open.</summary>
        public static TimeSpan WarmUpLongest { get; } = TimeSpan.FromSeconds(20);
    }
}
