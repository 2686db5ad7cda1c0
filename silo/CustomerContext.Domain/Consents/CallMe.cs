using System.Globalization;
using System.Text;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Consents;

/// <summary>What the customer wants to be called.</summary>
public static class CallMe
{
    /// <summary>The name as it is kept: normalised (NFC), without spaces around it; absent for an empty one.</summary>
    /// <param name="text">1 to <see cref="Limits.Names.CallMe"/> letters, spaces and marks.</param>
    /// <param name="companies">Names of companies, which nobody may take.</param>
    public static Outcome<string?> Read(string text, IEnumerable<string> companies)
    {
        var name = text.Normalize(NormalizationForm.FormC).Trim();
        if (name.Length == 0)
        {
            return Outcome<string?>.Ok(null);
        }

        var rule = name.EnumerateRunes().Count() > Limits.Names.CallMe || !name.EnumerateRunes().All(MayStand)
            ? $"must be 1 to {Limits.Names.CallMe} letters, spaces and marks"
            : companies.Any(company => Plain(company) == Plain(name)) ? "must not be a company's name" : null;
        return rule is null ? Outcome<string?>.Ok(name) : new Refusal(RefusalReason.InvalidArgument, "preferences.call_me", rule);
    }

    private static bool MayStand(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DashPunctuation
        || rune.Value is ' ' or '\'' or '.' or 0x2019;

    /// <summary>Letters alone, in lower case: what a reader takes for the same name.</summary>
    private static string Plain(string name) => string.Concat(name.EnumerateRunes().Where(Rune.IsLetter).Select(rune => Rune.ToLowerInvariant(rune).ToString()));
}
