namespace CustomerContext.Domain;

/// <summary>The bounds of the catalogue.</summary>
public static partial class Limits
{
    /// <summary>What is configured, in words.</summary>
    public static class Catalogue
    {
        /// <summary>Longest name of a company in the API, in characters.</summary>
        public const int TenantCharacters = 40;

        /// <summary>Longest name of a company for people, in characters.</summary>
        public const int DisplayNameCharacters = 64;

        /// <summary>Largest logo, in bytes.</summary>
        public const int LogoBytes = 32_768;

        /// <summary>Most tribes listed.</summary>
        public const int Tribes = 500;

        /// <summary>Most own traits of a company.</summary>
        public const int OwnTraits = 32;

        /// <summary>Longest text of an own trait, in characters.</summary>
        public const int TraitTextCharacters = 200;
    }
}
