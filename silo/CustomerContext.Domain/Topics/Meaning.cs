using CustomerContext.Domain.Sentiment;

namespace CustomerContext.Domain.Topics;

/// <summary>What a word or phrase of the lists means, by language (sets of <see cref="LanguageSet.Bit"/>).</summary>
internal sealed class Meaning
{
    /// <summary>In which languages it is a stop word.</summary>
    public byte Stop { get; set; }

    /// <summary>In texts of which languages it is denied.</summary>
    public byte Denied { get; set; }

    /// <summary>In texts of which languages it takes back that one of its words is denied.</summary>
    public byte Harmless { get; set; }

    /// <summary>True if it may stand in the name of a topic, although it is none.</summary>
    public bool IsNameWord { get; set; }

    /// <summary>True if a phrase ends with it.</summary>
    public bool EndsPhrase { get; set; }

    /// <summary>The topic by language, 0 for none; at <see cref="TextLanguage.Other"/> that of any.</summary>
    public ushort[] Topics { get; } = new ushort[LanguageSet.Listed.Count + 1];

    /// <summary>True if it means a topic in any language.</summary>
    public bool IsTopic => Topics[(int)TextLanguage.Other] != 0;

    /// <summary>True if the allow-list has it in any language.</summary>
    public bool IsAllowed => IsNameWord || IsTopic;

    /// <summary>Says that it means <paramref name="topic"/> in a language; what was said first stands.</summary>
    public void Mean(TextLanguage language, ushort topic)
    {
        foreach (var place in (ReadOnlySpan<int>)[(int)language, (int)TextLanguage.Other])
        {
            Topics[place] = Topics[place] == 0 ? topic : Topics[place];
        }
    }

    /// <summary>Takes over what a stem of it means, where it says nothing itself.</summary>
    public void Inherit(Meaning stem)
    {
        Denied |= stem.Denied;
        IsNameWord |= stem.IsNameWord;
        for (var language = 0; language < Topics.Length; language++)
        {
            Topics[language] = Topics[language] == 0 ? stem.Topics[language] : Topics[language];
        }
    }
}
