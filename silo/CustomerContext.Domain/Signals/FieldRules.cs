using System.Buffers;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Signals;

/// <summary>Rules of single fields. Each gives the first rule broken, in words, or nothing.</summary>
internal static class FieldRules
{
    private static readonly SearchValues<char> CodedName = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-");
    private static readonly SearchValues<char> CodedNameOrDot = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>Any printable text of 1 to <paramref name="most"/> characters (Unicode code points).</summary>
    public static string? Text(string value, int most) => value.Length == 0 ? "required" : OptionalText(value, most);

    /// <summary>The same, or empty.</summary>
    public static string? OptionalText(string value, int most) =>
        Characters(value) > most ? $"at most {most} characters" : HasForbidden(value) ? "no control characters, no U+FFFD" : null;

    /// <summary>The customer's words, which may have line breaks and tabs.</summary>
    public static string? Words(string value) => Text(value.ReplaceLineEndings(" ").Replace('\t', ' '), Limits.Signals.TextCharacters);

    /// <summary>A coded name.</summary>
    public static string? Coded(string value, bool dots = false) =>
        value.Length == 0 ? "required"
        : value.Length > Limits.Signals.CodedNameCharacters ? $"at most {Limits.Signals.CodedNameCharacters} characters"
        : value.AsSpan().ContainsAnyExcept(dots ? CodedNameOrDot : CodedName) ? $"only a-z, 0-9, '_'{(dots ? ", '-' and '.'" : " and '-'")}"
        : null;

    /// <summary>An http(s) address in printable ASCII.</summary>
    public static string? Link(string value) =>
        System.Text.Encoding.UTF8.GetByteCount(value) > Limits.Signals.LinkBytes ? $"at most {Limits.Signals.LinkBytes} bytes"
        : value.AsSpan().ContainsAnyExceptInRange('!', '~') ? "only printable ASCII"
        : !Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") ? "an http(s) URL"
        : null;

    /// <summary>A resource's address or id.</summary>
    public static string? Resource(string value) =>
        System.Text.Encoding.UTF8.GetByteCount(value) > Limits.Signals.ResourceBytes
            ? $"at most {Limits.Signals.ResourceBytes} bytes"
            : Text(value, Limits.Signals.ResourceBytes);

    /// <summary>A language tag, or empty.</summary>
    public static string? Language(string value) =>
        value.Length > Limits.Signals.LanguageCharacters ? $"at most {Limits.Signals.LanguageCharacters} characters"
        : value.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '-') ? null
        : "only letters, digits and '-'";

    /// <summary>A finite number within both ends.</summary>
    public static string? Within(double value, double least, double most) =>
        value >= least && value <= most ? null : $"in [{least}, {most}]";

    /// <summary>A value on a sender's own scale.</summary>
    public static (string Field, string Rule)? Scale((string Name, double Value) value, (string Name, double Value) least, (string Name, double Value) most)
    {
        const double bound = Limits.Signals.ScaleValue;
        return Within(least.Value, -bound, bound) is { } low ? (least.Name, low)
            : Within(most.Value, -bound, bound) is { } high ? (most.Name, high)
            : least.Value >= most.Value ? (least.Name, $"below {most.Name}")
            : Within(value.Value, least.Value, most.Value) is not null ? (value.Name, "within its scale")
            : null;
    }

    /// <summary>The refusal of a rule broken; absent if none was.</summary>
    public static Refusal? Refuse(string field, string? rule) => rule is null ? null : new Refusal(RefusalReason.InvalidArgument, field, rule);

    private static int Characters(string value)
    {
        var count = value.Length;
        foreach (var unit in value)
        {
            count -= char.IsLowSurrogate(unit) ? 1 : 0;
        }

        return count;
    }

    private static bool HasForbidden(string value)
    {
        foreach (var rune in value.EnumerateRunes())
        {
            // A lone surrogate is enumerated as U+FFFD.
            if (System.Text.Rune.IsControl(rune) || rune == System.Text.Rune.ReplacementChar)
            {
                return true;
            }
        }

        return false;
    }
}
