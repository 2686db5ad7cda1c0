using CustomerContext.Domain.Sentiment;

namespace CustomerContext.Domain.Topics;

/// <summary>Sets of languages as bits. <see cref="TextLanguage.Other"/> stands for a text whose language is not known, too: there what any list says counts.</summary>
internal static class LanguageSet
{
    /// <summary>All of them.</summary>
    public const byte All = 0xFF;

    /// <summary>Those that have lists.</summary>
    public static IReadOnlyList<TextLanguage> Listed { get; } = [.. Enum.GetValues<TextLanguage>().Where(language => language != TextLanguage.Other)];

    /// <summary>The language of a BCP 47 tag; null and empty are not known.</summary>
    public static TextLanguage Of(string? tag) => TextLanguages.Of(tag) ?? TextLanguage.Other;

    /// <summary>The name in the files of a listed language: its tag.</summary>
    public static string Tag(TextLanguage language) => TextLanguages.Tag(language) ?? throw new ArgumentOutOfRangeException(nameof(language), "It has no lists.");

    /// <summary>The bit of one language.</summary>
    public static byte Bit(this TextLanguage language) => (byte)(1 << (int)language);
}
