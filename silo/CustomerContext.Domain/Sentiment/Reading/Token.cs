namespace CustomerContext.Domain.Sentiment.Reading;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>Nothing is left.</summary>
    End,

    /// <summary>Letters, with an apostrophe inside as in "don't".</summary>
    Word,

    /// <summary>An emoji, or a sign that may begin an emoticon.</summary>
    Symbol,

    /// <summary>A run of !</summary>
    Exclamation,

    /// <summary>A run of ?</summary>
    Question,

    /// <summary>Three dots or more, or the sign for them.</summary>
    Ellipsis,
}

/// <summary>A piece of the text: where it begins and how long it is.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int Length);
