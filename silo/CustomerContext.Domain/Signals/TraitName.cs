using System.Collections.Immutable;

namespace CustomerContext.Domain.Signals;

/// <summary>
/// The names of traits. A name is 1 to 40 of a-z, 0-9, '_', '-' and '.'; up to its first '.' it is one of the public list or begins with
/// <c>x-</c>, which makes it a tenant's own.
/// </summary>
public static class TraitName
{
    /// <summary>What the customer wants to happen.</summary>
    public const string WantedOutcome = "wanted_outcome";

    /// <summary>What the customer asks not to do; may have several values.</summary>
    public const string PleaseDoNot = "please_do_not";

    /// <summary>The situation the customer is in.</summary>
    public const string Situation = "situation";

    /// <summary>A case that is open; may have several values.</summary>
    public const string OpenCase = "open_case";

    /// <summary>The support tier.</summary>
    public const string SupportTier = "support_tier";

    /// <summary>How the customer wants to be reached.</summary>
    public const string ContactPreference = "contact_preference";

    /// <summary>What the customer likes; may have several values.</summary>
    public const string Like = "like";

    /// <summary>What the customer dislikes; may have several values.</summary>
    public const string Dislike = "dislike";

    /// <summary>The public list, ordinal.</summary>
    public static ImmutableArray<string> All { get; } = [ContactPreference, Dislike, Like, OpenCase, PleaseDoNot, Situation, SupportTier, WantedOutcome];

    /// <summary>What a trait is about: its name up to the first '.'.</summary>
    public static string Family(string name) => name.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? name[..dot] : name;

    /// <summary>True if a source may say several values of this name at once.</summary>
    public static bool HasSeveral(string name) => name is PleaseDoNot or OpenCase or Like or Dislike;

    /// <summary>True if the name is known or a tenant's own.</summary>
    public static bool IsKnown(string name) =>
        name.StartsWith("x-", StringComparison.Ordinal)
        || All.Contains(Family(name));
}
