namespace CustomerContext.Domain;

/// <content>What an operator is told of failures.</content>
public static partial class Limits
{
    /// <summary>Failures in the background.</summary>
    public static class Failures
    {
        /// <summary>Shortest time between two lines in the log about the same kind of failure.</summary>
        public static TimeSpan LogEvery { get; } = TimeSpan.FromMinutes(1);
    }
}
