namespace CustomerContext.Domain.Sentiment.Words;

/// <summary>What a word does to the feeling of a text.</summary>
internal enum WordClass : byte
{
    /// <summary>Nothing is known of it.</summary>
    Unknown,

    /// <summary>It has a feeling of its own.</summary>
    Feeling,

    /// <summary>Turns what follows round.</summary>
    Not,

    /// <summary>Strengthens what follows.</summary>
    More,

    /// <summary>Weakens what follows.</summary>
    Less,

    /// <summary>What follows counts more than what went before.</summary>
    But,
}

/// <summary>What is known of a word; <paramref name="Feeling"/> is -4 to 4.</summary>
internal readonly record struct LexiconEntry(WordClass Class, float Feeling);
