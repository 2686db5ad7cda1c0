namespace CustomerContext.Domain;

/// <summary>The bounds of what waits.</summary>
public static partial class Limits
{
    /// <summary>Questions, promises and ideas that wait, and how soon companies answer.</summary>
    public static class Attention
    {
        /// <summary>Most things that the facet shows.</summary>
        public const int Items = 8;

        /// <summary>Hours within which a company answers a support subscriber if it does not say otherwise.</summary>
        public const int AnswerHours = 24;

        /// <summary>Hours for which something counts as due before it is overdue, if the company does not say otherwise.</summary>
        public const int NoticeHours = 4;

        /// <summary>Most hours within which a company says that it answers (10 days).</summary>
        public const int MostAnswerHours = 240;

        /// <summary>Most hours from overdue to escalated: with the most hours to answer still less than until a question counts as given up.</summary>
        public const int MostEscalationHours = 72;

        /// <summary>Tiers for which a company sets times.</summary>
        public const int Tiers = 16;

        /// <summary>Teams and people on the roster of one company.</summary>
        public const int Roster = 256;

        /// <summary>Topics of one of them.</summary>
        public const int RosterTopics = 16;

        /// <summary>Characters of a name on a roster, and of where they are reached: a point of the brief has room for it.</summary>
        public const int RosterCharacters = 48;

        /// <summary>Most of them that are shown beside one thing that waits.</summary>
        public const int RosterShown = 3;

        /// <summary>Customers of one company on its list of who may be contacted; of one too many, that whose voice counts least goes.</summary>
        public const int Contacts = 2_000;

        /// <summary>Topics with which one of them is on the list.</summary>
        public const int ContactTopics = 4;

        /// <summary>Most of them that are asked when work is claimed.</summary>
        public const int ContactsAsked = 10;

        /// <summary>Most of them that are named then.</summary>
        public const int ContactsOffered = 3;

        /// <summary>Longest time for which a claim asks them; whoever has not decided by then is not named.</summary>
        public static TimeSpan AskContacts { get; } = TimeSpan.FromSeconds(1);

        /// <summary>How long after that the answer of one who has decided is waited for: one append of the ledger, which may take half of it, and the messages there and back. Whose caller has no more time than this left asks nobody.</summary>
        public static TimeSpan ContactAnswers { get; } = TimeSpan.FromSeconds(1);

        /// <summary>
        /// Parts of a company's queue, each kept by a grain. Every change writes a whole part, and every list asks all of them: with so many, 100,000 pieces of work fit in, claimed or not, with room for half as many more, and a
        /// change of such a queue writes 1,600 of them. At most 256: an id has one byte for it.
        /// </summary>
        public const int QueueParts = 64;

        /// <summary>Most that one part takes, in bytes as <c>WorkRules.SizeOf</c> counts: less than a payload may take. About 3,900 pieces of work that nobody has claimed; 2,400 or more whatever happens to them, as long as ids and names are of usual length.</summary>
        public const int PartBytes = 900_000;

        /// <summary>After so long a customer whose work found a part of the queue full tells it again, until there is room.</summary>
        public static TimeSpan FullRetry { get; } = TimeSpan.FromMinutes(10);

        /// <summary>After so long a customer whose consent changed tells the queues again, should the silo have been lost before they were told.</summary>
        public static TimeSpan ToldLater { get; } = TimeSpan.FromMinutes(1);

        /// <summary>Longest time for which a message to a queue may be on its way: more than any call within the cluster takes.</summary>
        public static TimeSpan OnItsWay { get; } = TimeSpan.FromMinutes(5);

        /// <summary>Characters in the id of a piece of work as a caller gives it.</summary>
        public const int WorkIdLength = 64;

        /// <summary>For how long work is claimed if the claim does not say.</summary>
        public static TimeSpan Claim { get; } = TimeSpan.FromMinutes(15);

        /// <summary>The shortest claim.</summary>
        public static TimeSpan ShortestClaim { get; } = TimeSpan.FromMinutes(1);

        /// <summary>The longest claim.</summary>
        public static TimeSpan LongestClaim { get; } = TimeSpan.FromHours(1);

        /// <summary>How far ahead a promise may be, from when it was made.</summary>
        public static TimeSpan LongestPromise { get; } = TimeSpan.FromDays(90);

        /// <summary>After so long without an answer a question or an idea is told no more, and a promise so long after it was due.</summary>
        public static TimeSpan GivenUpAfter { get; } = TimeSpan.FromDays(14);
    }
}
