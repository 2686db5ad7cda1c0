namespace CustomerContext.Domain;

/// <content>Ties and memberships.</content>
public static partial class Limits
{
    /// <summary>Whom a customer knows, and which tribes they are in.</summary>
    public static class Ties
    {
        /// <summary>Ties that a customer said yes to, friends and those they follow together; the next one is refused.</summary>
        public const int Held = 1_000;

        /// <summary>Ties without the customer's yes (proposed, or ended) that are remembered; the oldest leave.</summary>
        public const int Unanswered = 256;

        /// <summary>Tribes that a customer is in; the next one is refused.</summary>
        public const int Tribes = 32;

        /// <summary>Tribes without the customer's yes (proposed, or left) that are remembered; the oldest leave.</summary>
        public const int TribesUnanswered = 64;

        /// <summary>Sources whose claim about one tie is kept; the latest count.</summary>
        public const int Claims = 8;

        /// <summary>Members and remembered removals of one network: ties are fewer, and come and go.</summary>
        public const int NetworkMembers = 2 * Held;

        /// <summary>People whom one shard of a customer's followers tells.</summary>
        public const int FollowersPerShard = 4_096;

        /// <summary>Shards of one customer's followers; who would come beyond them is not told.</summary>
        public const int FollowerShards = 64;

        /// <summary>Followers that a shard tells at once.</summary>
        public const int ToldAtOnce = 16;

        /// <summary>Groups that a customer tells at once.</summary>
        public const int GroupsAtOnce = 16;

        /// <summary>Longest id of a tribe, in characters.</summary>
        public const int TribeIdCharacters = 64;

        /// <summary>Longest name of a tribe for people, in characters.</summary>
        public const int TribeNameCharacters = 64;

        /// <summary>Most topics that a tribe is about.</summary>
        public const int TribeTopics = 8;

        /// <summary>Most proposals that a customer's page shows at once, the newest: with requests and a question their ids fill a resume token.</summary>
        public const int ProposalsShown = 15;

        /// <summary>Friend codes of a customer that can be redeemed; the next one is refused.</summary>
        public const int FriendCodes = 8;

        /// <summary>Digits of a friend code.</summary>
        public const int FriendCodeDigits = 9;

        /// <summary>Codes that are tried for one request until one is nobody else's.</summary>
        public const int FriendCodeAttempts = 4;

        /// <summary>Wrong friend codes of a customer within <see cref="FriendCodeGuessWindow"/>; the next one is refused unread.</summary>
        public const int FriendCodeGuesses = 10;

        /// <summary>Longest id of a tie, in characters.</summary>
        public const int TieIdLength = 64;

        /// <summary>How long a friend code can be redeemed.</summary>
        public static TimeSpan FriendCodeLifetime { get; } = TimeSpan.FromDays(7);

        /// <summary>The time within which wrong friend codes are counted.</summary>
        public static TimeSpan FriendCodeGuessWindow { get; } = TimeSpan.FromMinutes(10);

        /// <summary>How often a reminder wakes a customer's grain: it sends what nobody acknowledged, tells ties again that were not answered, and compares everything with its source. Failures are repeated sooner: <see cref="FirstRetry"/>.</summary>
        public static TimeSpan RepeatEvery { get; } = TimeSpan.FromDays(1);

        /// <summary>First wait after a message that failed; it doubles up to <see cref="LongestRetry"/>.</summary>
        public static TimeSpan FirstRetry { get; } = TimeSpan.FromSeconds(1);

        /// <summary>Longest such wait.</summary>
        public static TimeSpan LongestRetry { get; } = TimeSpan.FromMinutes(5);
    }
}
