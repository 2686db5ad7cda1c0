namespace CustomerContext.Domain.Wording;

/// <summary>A language in which the product speaks to people.</summary>
public enum Language
{
    /// <summary>English, also for everybody whose language is not here.</summary>
    English,

    /// <summary>German.</summary>
    German,

    /// <summary>French.</summary>
    French,
}

/// <summary>Languages by their tags.</summary>
public static class Languages
{
    /// <summary>The language of a BCP 47 tag: what it begins with counts ("de-CH" is German); any other, or an empty one, is English.</summary>
    public static Language Of(string tag) => tag.Split('-')[0].ToLowerInvariant() switch
    {
        "de" => Language.German,
        "fr" => Language.French,
        _ => Language.English,
    };

    /// <summary>"en", "de" or "fr".</summary>
    public static string TagOf(Language language) => language switch
    {
        Language.German => "de",
        Language.French => "fr",
        _ => "en",
    };
}
