namespace CustomerContext.Domain;

public static partial class Limits
{
    /// <summary>Mail to customers about looks.</summary>
    public static class LookMails
    {
        /// <summary>Mails to one customer in a day (UTC) about a look each. The looks beyond it are in the one mail of the day after.</summary>
        public const int PerDay = 5;

        /// <summary>Looks that one mail names; of the rest it says how many there were.</summary>
        public const int Lines = 20;

        /// <summary>Entries of a record that are read for one mail; of more looks than are in these nobody is told how many there were.</summary>
        public const int Entries = 2_000;

        /// <summary>The longest after midnight (UTC) that the mail of a day goes, so that not all go at once.</summary>
        public static TimeSpan Spread { get; } = TimeSpan.FromHours(6);

        /// <summary>How often it is looked whether a mail about a look is due.</summary>
        public static TimeSpan Every { get; } = TimeSpan.FromMinutes(10);
    }
}
