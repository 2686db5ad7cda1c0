namespace CustomerContext.Domain;

/// <summary>The bounds of briefs.</summary>
public static partial class Limits
{
    /// <summary>The first lines that an agent reads.</summary>
    public static class Briefs
    {
        /// <summary>Most points.</summary>
        public const int Points = 5;

        /// <summary>Most points of one code, so that none fills the brief alone.</summary>
        public const int PointsOfACode = 2;

        /// <summary>Most points about promises and questions that wait.</summary>
        public const int WaitingPoints = 2;

        /// <summary>Longest headline, in characters.</summary>
        public const int HeadlineCharacters = 200;

        /// <summary>Longest text of a point, in characters.</summary>
        public const int TextCharacters = 120;

        /// <summary>Most links of a point.</summary>
        public const int PointEvidence = 2;

        /// <summary>Least conversations, or survey answers, from which a feeling is told.</summary>
        public const int Conversations = 2;

        /// <summary>How long somebody has waited before it is told: in a conversation that goes on, everybody waits for a moment.</summary>
        public static TimeSpan WaitingFrom { get; } = TimeSpan.FromMinutes(15);

        /// <summary>For how long after its last mention a topic counts as on the customer's mind.</summary>
        public static TimeSpan TopicsWithin { get; } = TimeSpan.FromDays(14);

        /// <summary>From when on a question has waited too long.</summary>
        public static TimeSpan OverdueFrom { get; } = TimeSpan.FromHours(24);
    }
}
