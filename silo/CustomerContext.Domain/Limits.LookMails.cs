namespace CustomerContext.Domain;

public static partial class Limits
{
    /// <summary>Mail to customers about looks.</summary>
    public static class LookMails
    {
        /// <summary>Looks that one mail names; of the rest it says how many there were.</summary>
        public const int Lines = 20;

        /// <summary>Entries of a record that are read for one mail; of more looks than are in these nobody is told how many there were.</summary>
        public const int Entries = 2_000;

        /// <summary>The longest after midnight (UTC) that the mail of a day goes, so that not all go at once.</summary>
        public static TimeSpan Spread { get; } = TimeSpan.FromHours(6);

        /// <summary>Mails that a silo hands to the mail server at the same time; the others wait.</summary>
        public const int AtOnce = 4;

        /// <summary>How long a mail server that did not do its work is left alone.</summary>
        public static TimeSpan Rest { get; } = TimeSpan.FromMinutes(10);
    }
}
