namespace CustomerContext.Domain;

/// <summary>The bounds of what helped others.</summary>
public static partial class Limits
{
    /// <summary>What is kept of pages that were read, when one counts as having helped, and from how many people on it is shown.</summary>
    public static class Help
    {
        /// <summary>Pages kept of one source; beyond it the one read longest ago goes.</summary>
        public const int Pages = 16;

        /// <summary>Topics of one page; beyond it the last by name go.</summary>
        public const int PageTopics = 8;

        /// <summary>How long a page is kept after it was last read, in seconds (90 days).</summary>
        public const long KeepSeconds = 90L * 86_400;

        /// <summary>A question about the same within this time means that the page did not help, in seconds (3 days).</summary>
        public const long FurtherQuestionSeconds = 3L * 86_400;

        /// <summary>Most that one reader counts for at one company: a page, on one topic, is one.</summary>
        public const int OfOneReader = 3;

        /// <summary>Readers in one shard, removals remembered included: though each names other pages with the longest addresses, a shard fits into one payload.</summary>
        public const int ShardReaders = 350;

        /// <summary>Readers of one company from which on anything is shown, noise included; as many as of a tribe.</summary>
        public const int ShownFrom = Tribes.ShownFrom;

        /// <summary>Readers below which everything is gone again, noise included.</summary>
        public const int GoneBelow = Tribes.GoneBelow;

        /// <summary>The same without noise: fewer readers show nothing whatever the noise says.</summary>
        public const int Least = 25;

        /// <summary>People whom a page must have helped to be shown, noise included.</summary>
        public const int PageReaders = 25;

        /// <summary>The same without noise: what helped fewer is not shown whatever the noise says.</summary>
        public const int PageReadersLeast = 15;

        /// <summary>From so many on, noise included, there are "50 or more".</summary>
        public const int PageReadersMany = 50;

        /// <summary>eps of what the pages of one release say of one reader; whether there is a release says a third of it more.</summary>
        public const double Epsilon = 1;

        /// <summary>Most pages of one release.</summary>
        public const int PagesReleased = 64;

        /// <summary>Most pages in one answer.</summary>
        public const int PagesShown = 5;

        /// <summary>Most of them on one topic.</summary>
        public const int PagesOfTopic = 2;

        /// <summary>Most pages in an answer that knows of nothing on the customer's mind, so shows what helped most people.</summary>
        public const int PopularShown = 3;

        /// <summary>Hosts of one company whose pages are kept.</summary>
        public const int Hosts = 16;

        /// <summary>Letters of a host.</summary>
        public const int HostCharacters = 253;
    }
}
