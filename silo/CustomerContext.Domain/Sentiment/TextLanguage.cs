namespace CustomerContext.Domain.Sentiment;

/// <summary>The languages that are understood; any other, or none that can be told, is <see cref="Other"/>.</summary>
internal enum TextLanguage
{
    English,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Dutch,
    Other,
}

/// <summary>Languages and their BCP 47 tags.</summary>
internal static class TextLanguages
{
    /// <summary>How many there are, <see cref="TextLanguage.Other"/> included.</summary>
    public const int Count = 8;

    private static readonly string?[] _tags = ["en", "de", "fr", "es", "it", "pt", "nl", null];

    /// <summary>The tag; null for <see cref="TextLanguage.Other"/>.</summary>
    public static string? Tag(TextLanguage language) => _tags[(int)language];

    /// <summary>What a tag such as <c>pt-BR</c> says; null for none.</summary>
    public static TextLanguage? Of(ReadOnlySpan<char> tag)
    {
        var end = tag.IndexOfAny('-', '_');
        var primary = end < 0 ? tag : tag[..end];
        if (primary.IsEmpty)
        {
            return null;
        }

        for (var i = 0; i < Count - 1; i++)
        {
            if (primary.Equals(_tags[i], StringComparison.OrdinalIgnoreCase))
            {
                return (TextLanguage)i;
            }
        }

        return TextLanguage.Other;
    }
}
