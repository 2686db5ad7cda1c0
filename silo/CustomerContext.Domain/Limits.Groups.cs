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

        /// <summary>Most of them that one company alone reports.</summary>
        public const int TopicsOfOneCompany = 1;

        /// <summary>Most that a contribution is good for, in seconds (8 days); what nobody repeats by then is gone.</summary>
        public const long FreshSeconds = 8L * 86_400;

        /// <summary>How long before that it is sent anew, in seconds (a day).</summary>
        public const long RenewSeconds = 86_400;

        /// <summary>How long a removal is remembered, so that a late older message does not undo it, in seconds (a day).</summary>
        public const long RemovalSeconds = 86_400;

        /// <summary>Members of one shard of a tribe, removals remembered included.</summary>
        public const int ShardMembers = 16_000;

        /// <summary>How long a look waits for the tribes whose last release this silo does not know yet; then it is answered without them.</summary>
        public static TimeSpan AskTribes { get; } = TimeSpan.FromMilliseconds(250);

        /// <summary>How long an answer waits for the people in the conversations that it shows; who has not said by then that they may be named is not.</summary>
        public static TimeSpan AskPeople { get; } = TimeSpan.FromMilliseconds(250);

        /// <summary>After so long a watch asks again for what could not be reached.</summary>
        public static TimeSpan AskAgain { get; } = TimeSpan.FromSeconds(5);
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

    /// <summary>When a tribe's mood is shown, and how it is blurred.</summary>
    public static class Tribes
    {
        /// <summary>Heard members from which on a mood is shown.</summary>
        public const int ShownFrom = 50;

        /// <summary>Heard members below which it is gone again.</summary>
        public const int GoneBelow = 45;

        /// <summary>Least voices of a stratum that speak for it.</summary>
        public const int StratumVoices = 5;

        /// <summary>Least voices of strata that show a figure of their own.</summary>
        public const int FigureVoices = 50;

        /// <summary>Heard members, and voices of equal weight, from which on releases are hourly.</summary>
        public const int HourlyFrom = 1_000;

        /// <summary>eps: the privacy that all figures of a day spend together.</summary>
        public const double EpsilonPerDay = 1;

        /// <summary>Figures of a release that share it: the mood as others show it, and the corrected one.</summary>
        public const int Figures = 2;

        /// <summary>Scores are shown in steps of this many thousandths: one decimal.</summary>
        public const int ScoreStep = 100;

        /// <summary>Least change that is a direction, in thousandths.</summary>
        public const int DirectionLeast = 100;

        /// <summary>Standard errors, noise included, that make a direction.</summary>
        public const int DirectionErrors = 2;

        /// <summary>Members on whose minds a topic must be to be shown, noise included.</summary>
        public const int TopicMembers = 15;

        /// <summary>The same without noise: what is on fewer minds is not shown whatever the noise says.</summary>
        public const int TopicMembersLeast = 5;

        /// <summary>eps of what one release's topics say of one member.</summary>
        public const double TopicEpsilon = 1;

        /// <summary>Most topics shown.</summary>
        public const int TopTopics = 8;

        /// <summary>Least members of a tribe in which anybody stands out.</summary>
        public const int StandingMembers = 100;

        /// <summary>Share of members who are listened to, in percent.</summary>
        public const int ListenedToPercent = 10;

        /// <summary>Share of members who are leading voices, in percent.</summary>
        public const int LeadingVoicePercent = 1;

        /// <summary>Days of releases that are remembered.</summary>
        public const int HistoryDays = 84;

        /// <summary>Days within which every hourly one of them is; of days before, the last.</summary>
        public const int HourlyHistoryDays = 2;
    }

    /// <summary>When the mood of a network is shown.</summary>
    public static class Networks
    {
        /// <summary>Contributors from which on a mood is shown.</summary>
        public const int ShownFrom = 7;

        /// <summary>Contributors below which it is gone again.</summary>
        public const int GoneBelow = 5;

        /// <summary>Least contributors who changed before there is a new release.</summary>
        public const int Changed = 5;

        /// <summary>Days that somebody must have contributed before they count.</summary>
        public const int SettledDays = 7;

        /// <summary>eps: the privacy that the word spends in <see cref="NoiseDays"/>.</summary>
        public const double Epsilon = 0.4;

        /// <summary>Most that one contributor's score counts either way, in 1/50: 0.5. It halves what one can give away.</summary>
        public const int MostScore = 25;

        /// <summary>Days that share one draw of noise.</summary>
        public const int NoiseDays = 28;

        /// <summary>Days of the shorter comparison.</summary>
        public const int WeekDays = 7;

        /// <summary>Days of the longer comparison.</summary>
        public const int MonthDays = 30;

        /// <summary>Days of releases that can be read again.</summary>
        public const int HistoryDays = 84;
    }

    /// <summary>Asking a sample.</summary>
    public static class Panels
    {
        /// <summary>Most members of a stratum that one question goes to, if it is large enough.</summary>
        public const int Sample = 200;

        /// <summary>Least share of a stratum that it goes to, in percent.</summary>
        public const int LeastPercent = 5;

        /// <summary>Days between two questions to one person.</summary>
        public const int EveryDays = 30;

        /// <summary>Days that an answer counts.</summary>
        public const int OpenDays = 14;
    }

    /// <summary>Proposals of tribes from shared interests.</summary>
    public static class FoundTribes
    {
        /// <summary>Topics that a customer and a tribe must share.</summary>
        public const int SharedTopics = 2;

        /// <summary>Least weight of each of them on the customer's mind, in thousandths of a mention.</summary>
        public const int TopicWeight = 1_000;

        /// <summary>Most proposals at a time.</summary>
        public const int Proposals = 3;

        /// <summary>Topics that a tribe is about.</summary>
        public const int TribeTopics = 8;
    }
}
