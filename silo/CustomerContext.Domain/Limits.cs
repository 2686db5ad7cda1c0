namespace CustomerContext.Domain;

/// <summary>
/// Bounds of the product, each with its unit; more of them are in the <c>Limits.*.cs</c> beside this file. What only one class uses stands there. Each is tested at the limit and one past it.
/// </summary>
public static partial class Limits
{
    /// <summary>Consent.</summary>
    public static class Consents
    {
        /// <summary>Grants kept of a customer, live and lately ended.</summary>
        public const int Grants = 64;

        /// <summary>Purposes in one grant.</summary>
        public const int PurposesPerGrant = 16;

        /// <summary>Sources named in one grant.</summary>
        public const int SourcesPerGrant = 16;

        /// <summary>Tenants and sources named in a customer's <em>collect</em>, together.</summary>
        public const int CollectEntries = 64;

        /// <summary>Longest life of a grant, and how far ahead it may begin, in calendar months.</summary>
        public const int GrantMonths = 12;

        /// <summary>Latest requests remembered of a customer.</summary>
        public const int RecentRequests = 64;

        /// <summary>Latest requests of one tenant remembered with a customer.</summary>
        public const int RecentRequestsPerTenant = 8;

        /// <summary>Latest requests of all tenants remembered with a customer, beside the customer's own.</summary>
        public const int RecentRequestsOfTenants = 64;

        /// <summary>Entries that one tenant makes on a customer's record in a day (UTC) without a grant: by asking, and by linking and unlinking ids.</summary>
        public const int TenantChangesPerDay = 32;

        /// <summary>Characters in the id of a grant.</summary>
        public const int GrantIdLength = 64;

        /// <summary>Characters in a request id.</summary>
        public const int RequestIdLength = 64;

        /// <summary>Characters in a version of a customer's consent.</summary>
        public const int VersionLength = 64;

        /// <summary>Characters in the name of a purpose.</summary>
        public const int PurposeLength = 40;

        /// <summary>Most reads of AI readers in a day (UTC) that a grant can allow.</summary>
        public const int MostAiReads = 1000;

        /// <summary>Reads of AI readers in a day (UTC) of a grant that allows them and names no number.</summary>
        public const int AiReads = 50;

        /// <summary>Characters in the name of a preset.</summary>
        public const int PresetLength = 40;

        /// <summary>Characters in the name of an interaction.</summary>
        public const int InteractionLength = 64;

        /// <summary>Sharing codes of a customer that can be redeemed, one a tenant.</summary>
        public const int SharingCodes = 8;

        /// <summary>Digits of a code that is read out or sent.</summary>
        public const int CodeDigits = 8;

        /// <summary>Characters in a code as a caller gives it, with what people put between the digits.</summary>
        public const int CodeLength = 16;

        /// <summary>Wrong tries after which a code is dead.</summary>
        public const int CodeTries = 5;

        /// <summary>Requests that wait for a customer's decision.</summary>
        public const int WaitingRequests = 16;

        /// <summary>Requests of one tenant that wait for a customer's decision; one more takes the place of its oldest.</summary>
        public const int WaitingRequestsPerTenant = 4;

        /// <summary>Shortest life of a sharing code.</summary>
        public static TimeSpan CodeShortest { get; } = TimeSpan.FromMinutes(1);

        /// <summary>Longest life of a sharing code.</summary>
        public static TimeSpan CodeLongest { get; } = TimeSpan.FromMinutes(10);

        /// <summary>Life of a sharing code if the customer names none.</summary>
        public static TimeSpan CodeLifetime { get; } = TimeSpan.FromMinutes(5);
    }

    /// <summary>What a signal may hold.</summary>
    public static class Signals
    {
        /// <summary>Longest id of a signal, in characters; at least 1.</summary>
        public const int IdCharacters = 128;

        /// <summary>Longest source, in characters: tenant 40, '/', name 40.</summary>
        public const int SourceCharacters = 81;

        /// <summary>Longest link, in bytes; printable ASCII only.</summary>
        public const int LinkBytes = 256;

        /// <summary>Longest address or id of a resource, in bytes; at least 1.</summary>
        public const int ResourceBytes = 256;

        /// <summary>Longest text to score, in characters.</summary>
        public const int TextCharacters = 10_000;

        /// <summary>Longest language tag, in characters.</summary>
        public const int LanguageCharacters = 35;

        /// <summary>Longest conversation id, in characters.</summary>
        public const int ConversationIdCharacters = 128;

        /// <summary>Longest coded name (channel, survey question, trait name), in characters.</summary>
        public const int CodedNameCharacters = 40;

        /// <summary>Most counterparties of one conversation signal.</summary>
        public const int Counterparties = 8;

        /// <summary>Most topics of one signal.</summary>
        public const int Topics = 8;

        /// <summary>Most topics found in one text, beside those given.</summary>
        public const int FoundTopics = 3;

        /// <summary>Longest topic once normalised, in characters.</summary>
        public const int TopicCharacters = 40;

        /// <summary>Longest id of a tribe's question, in characters.</summary>
        public const int QuestionIdCharacters = 64;

        /// <summary>Longest trait value, in characters.</summary>
        public const int TraitValueCharacters = 64;

        /// <summary>Largest number on a sender's own scale, either way.</summary>
        public const double ScaleValue = 1_000_000;

        /// <summary>How far <c>occurred_at</c> may lie ahead of our clock, in seconds (inclusive).</summary>
        public const int AheadSeconds = 5 * 60;
    }

    /// <summary>How much of one customer is kept, and for how long.</summary>
    public static class Customers
    {
        /// <summary>Most sources of one customer.</summary>
        public const int Sources = 8;

        /// <summary>Hour buckets a source.</summary>
        public const int HourBuckets = 48;

        /// <summary>Day buckets a source.</summary>
        public const int DayBuckets = 35;

        /// <summary>Week buckets a source.</summary>
        public const int WeekBuckets = 26;

        /// <summary>Most conversations of one source, and most shown.</summary>
        public const int Conversations = 5;

        /// <summary>Most turns of one conversation.</summary>
        public const int Turns = 8;

        /// <summary>Most days tallied of one conversation.</summary>
        public const int ConversationDays = 16;

        /// <summary>Most topics of one source.</summary>
        public const int Topics = 64;

        /// <summary>Weeks that a topic's mentions are kept.</summary>
        public const int TopicWeeks = 5;

        /// <summary>Most topics shown.</summary>
        public const int TopicsShown = 16;

        /// <summary>Most likes shown, and most dislikes.</summary>
        public const int LikesShown = 16;

        /// <summary>Most traits of one source, counted by name and, where a name has several, value; and most shown.</summary>
        public const int Traits = 16;

        /// <summary>Most traits taken back of one source that are remembered, so that a late older value does not revive them.</summary>
        public const int RemovedTraits = 8;

        /// <summary>Most that the traits of one source take together, in bytes as <c>StateSize</c> counts.</summary>
        public const int TraitBytes = 1_024;

        /// <summary>Most topics that one source corrects.</summary>
        public const int CorrectedTopics = 8;

        /// <summary>How long a correction stands, in seconds (90 days).</summary>
        public const long CorrectionSeconds = 90L * 86_400;

        /// <summary>Most posts of one connected network that can be taken back.</summary>
        public const int RecentPosts = 64;

        /// <summary>Most interactions of which it is shown what came of them; and most that one source keeps when space is short.</summary>
        public const int Outcomes = 4;

        /// <summary>Most interactions of one company of which one source keeps what came of them: what they solved is not to wait again because of later ones.</summary>
        public const int OutcomesKept = 16;

        /// <summary>How long that is kept, in seconds (90 days).</summary>
        public const long OutcomeSeconds = 90L * 86_400;

        /// <summary>
        /// How long a survey answer stands above inferred values, in seconds (7 days): it must not hide a change of mood for months.
        /// </summary>
        public const long SurveySeconds = 7L * 86_400;

        /// <summary>Signals in the idempotency window.</summary>
        public const int WindowSignals = 512;

        /// <summary>Most that the idempotency window takes, in bytes.</summary>
        public const int WindowBytes = 4_096;

        /// <summary>Behaviour signals in a window of their own, so that many clicks push no conversation out.</summary>
        public const int BehaviourWindowSignals = 64;

        /// <summary>Most that the behaviour window takes, in bytes; it is part of the live context.</summary>
        public const int BehaviourWindowBytes = 512;

        /// <summary>Most that the live context takes without the window, in bytes.</summary>
        public const int ContextBytes = 24 * 1_024;

        /// <summary>How long after its latest turn a conversation that nobody closed counts as open.</summary>
        public static TimeSpan OpenConversation { get; } = TimeSpan.FromHours(24);
    }

    /// <summary>How scores are weighed and put into words. Scores and weights are in thousandths.</summary>
    public static class Sentiment
    {
        /// <summary>w0: the weight of one average message, which pulls every shown score towards 0; in thousandths.</summary>
        public const int PriorWeight = 1_000;

        /// <summary>Least weight from which a score is shown, in thousandths: half an average message.</summary>
        public const int WeightFloor = 500;

        /// <summary>Least confidence from which a score counts, in thousandths; below it a message is activity only.</summary>
        public const int ConfidenceFloor = 200;

        /// <summary>Most that one conversation weighs a day, in thousandths.</summary>
        public const int ConversationDayWeight = 1_000;

        /// <summary>Half-life of the week horizon and of topics, in seconds (7 days).</summary>
        public const long HalfLifeSeconds = 7L * 86_400;

        /// <summary>Hours of the horizon "today".</summary>
        public const int TodayHours = 24;

        /// <summary>Weeks of the horizon "usual".</summary>
        public const int UsualWeeks = 12;

        /// <summary>Whole days before today that the last 24 hours are compared with.</summary>
        public const int TrendDays = 8;

        /// <summary>Least weight of each side of a comparison, in thousandths.</summary>
        public const int TrendWeight = 1_000;

        /// <summary>Least difference that is a direction, in thousandths.</summary>
        public const int TrendLeast = 200;

        /// <summary>sigma: stated standard deviation of one message's score, in thousandths.</summary>
        public const int MessageDeviation = 500;

        /// <summary>Standard errors that make a direction.</summary>
        public const int TrendErrors = 2;

        /// <summary>Standard errors that make a change point.</summary>
        public const int ChangeErrors = 3;

        /// <summary>Days that a change point's day is compared with; also how many past days are looked at.</summary>
        public const int ChangeDays = 7;

        /// <summary>Days of the sparkline, today included.</summary>
        public const int SparklineDays = 14;

        /// <summary>From this score on (thousandths) the word is "content".</summary>
        public const int ContentFrom = 200;

        /// <summary>Down from this score (thousandths) the word is "unhappy".</summary>
        public const int UnhappyFrom = -200;
    }

    /// <summary>How much topics weigh. In thousandths of a mention in the customer's own words.</summary>
    public static class Topics
    {
        /// <summary>A bookmark, a search.</summary>
        public const int DeliberateWeight = 200;

        /// <summary>Staying, coming back, having been helped.</summary>
        public const int AttentiveWeight = 100;

        /// <summary>A view, scrolling.</summary>
        public const int PassingWeight = 50;

        /// <summary>Above this confidence (thousandths) a topic's own score makes a like or a dislike: one message alone reaches just that.</summary>
        public const int LikedAbove = 500;
    }

    /// <summary>Requests.</summary>
    public static class Requests
    {
        /// <summary>Bytes in a message, received or sent.</summary>
        public const int MessageBytes = 4 * 1024 * 1024;

        /// <summary>Signals in one request.</summary>
        public const int Signals = 500;

        /// <summary>Messages of a stream of signals that wait for their answer.</summary>
        public const int StreamAhead = 16;

        /// <summary>Signals remembered at the door, of all sources, to tell senders of their repeats.</summary>
        public const int RecentSignals = 200_000;

        /// <summary>Request ids of tenants remembered at the door, to tell a reuse.</summary>
        public const int TenantRequests = 100_000;

        /// <summary>Subjects in one batch of lookups.</summary>
        public const int Subjects = 50;

        /// <summary>Items on a page if none are asked for.</summary>
        public const int DefaultPage = 50;

        /// <summary>Items on a page at most; more is lowered to it.</summary>
        public const int MaxPage = 500;

        /// <summary>Characters in a token of the server's own (page, resume).</summary>
        public const int TokenLength = 1_024;

        /// <summary>No refusal for want of consent is answered sooner after arrival, so that all take the same time.</summary>
        public static TimeSpan RefusalFloor { get; } = TimeSpan.FromMilliseconds(25);

        /// <summary>How long an answer may be kept; then it must be forgotten.</summary>
        public static TimeSpan KeepAnswer { get; } = TimeSpan.FromHours(1);
    }

    /// <summary>Watches.</summary>
    public static class Watches
    {
        /// <summary>Open watches of one customer by one tenant.</summary>
        public const int PerTenant = 1_024;

        /// <summary>Open watches of one customer by all tenants together.</summary>
        public const int OfTenants = 4_096;

        /// <summary>Open watches of a customer by themselves, and as many streams of what waits for them; no tenant can take these.</summary>
        public const int OfCustomer = 64;

        /// <summary>How long a watch is silent before it says that it lives.</summary>
        public static TimeSpan Heartbeat { get; } = TimeSpan.FromSeconds(15);

        /// <summary>How long handing a frame over may take.</summary>
        public static TimeSpan FrameWrite { get; } = TimeSpan.FromSeconds(2);

        /// <summary>The longest that one stream lasts; a reader resumes with another.</summary>
        public static TimeSpan Longest { get; } = TimeSpan.FromDays(1);

        /// <summary>How often an open watch is put on record anew.</summary>
        public static TimeSpan RecordEvery { get; } = TimeSpan.FromHours(1);
    }

    /// <summary>Grains.</summary>
    public static class Grains
    {
        /// <summary>How long a call of a grain may take; longer than a watch is silent.</summary>
        public static TimeSpan CallTimeout { get; } = TimeSpan.FromSeconds(30);

        /// <summary>Largest message between silos, in bytes: twice the largest request at the door. Orleans' own bound is 100 MB, which is memory that a peer can make this process take.</summary>
        public const int MessageBytes = 2 * Requests.MessageBytes;

        /// <summary>How long a grain stays in memory without a call.</summary>
        public static TimeSpan IdleAge { get; } = TimeSpan.FromMinutes(15);

        /// <summary>How often the grain of a customer who is looked at without calls of it gets one.</summary>
        public static TimeSpan KeptEvery { get; } = IdleAge / 4;
    }
}
