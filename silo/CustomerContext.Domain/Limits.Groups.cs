namespace CustomerContext.Domain;

/// <summary>The bounds of networks and tribes.</summary>
public static partial class Limits
{
    /// <summary>What members contribute to a group, and how a group keeps it.</summary>
    public static class Groups
    {
        /// <summary>Steps of a contributed score between 0 and 1: scores are in 1/50.</summary>
        public const int ScoreSteps = 50;

        /// <summary>Days that a score counts after the last word behind it.</summary>
        public const int VoiceDays = 30;

        /// <summary>Days that a declared answer counts, before any score.</summary>
        public const int DeclaredDays = 90;

        /// <summary>Weeks, the running one included, over which posts are counted: 90 days in whole weeks.</summary>
        public const int PostWeeks = 13;

        /// <summary>Posts from which on a member belongs to the stratum of those who write much.</summary>
        public const int ManyPosts = 5;

        /// <summary>Most posts that a member counts with in the mean per post, so that the noise that hides one member need not drown everybody.</summary>
        public const int PostsCounted = 100;

        /// <summary>Most topics that a member contributes.</summary>
        public const int Topics = 3;

        /// <summary>Most that a contribution is good for, in seconds (8 days); what nobody repeats by then is gone.</summary>
        public const long FreshSeconds = 8L * 86_400;

        /// <summary>How long before that it is sent anew, in seconds (a day).</summary>
        public const long RenewSeconds = 86_400;

        /// <summary>How long a removal is remembered, so that a late older message does not undo it, in seconds (a day).</summary>
        public const long RemovalSeconds = 86_400;

        /// <summary>Members of one shard of a tribe, removals remembered included.</summary>
        public const int ShardMembers = 16_000;

        /// <summary>Ties of one customer of each kind (friends, followed).</summary>
        public const int Ties = 1_000;
    }

    /// <summary>How much a voice counts.</summary>
    public static class Influence
    {
        /// <summary>Weeks, the running one included, over which reactions count: 90 days in whole weeks.</summary>
        public const int Weeks = 13;

        /// <summary>Most topics of one customer.</summary>
        public const int Topics = 16;

        /// <summary>Most people remembered for one topic; more are counted as so many.</summary>
        public const int People = 200;

        /// <summary>People at which reach is one half.</summary>
        public const int HalfReach = 10;
    }
}
