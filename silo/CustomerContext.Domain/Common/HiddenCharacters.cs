using System.Globalization;
using System.Text;

namespace CustomerContext.Domain.Common;

/// <summary>
/// Characters that nobody sees and that change what somebody reads: controls, formats (Cf: bidirectional marks and overrides, zero-width characters, tags), line and paragraph separators
/// (Zl, Zp), and U+FFFD, which also stands for what is no character.
/// </summary>
public static class HiddenCharacters
{
    /// <summary>The rule in words.</summary>
    public const string Rule = "no control, format or separator characters, no U+FFFD";

    /// <summary>True if <paramref name="text"/> holds one.</summary>
    public static bool AreIn(string text)
    {
        if (IsPlain(text))
        {
            return false;
        }

        foreach (var rune in text.EnumerateRunes())
        {
            // A lone surrogate is enumerated as U+FFFD.
            if (IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if <paramref name="text"/> holds a control or U+FFFD: what not even the customer's own words may, in which emoji need formats.</summary>
    public static bool ControlsAreIn(string text)
    {
        if (IsPlain(text))
        {
            return false;
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (IsControl(rune))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if there are only letters, digits, marks and spaces of ASCII, as in most texts: found many characters at once.</summary>
    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static bool IsControl(Rune rune) => Rune.IsControl(rune) || rune == Rune.ReplacementChar;
}
