namespace CustomerContext.Domain.Topics;

/// <summary>The words in the name of a topic that a source gave.</summary>
internal static class TopicWords
{
    /// <summary>True if every word is of the allow-lists of any language, a number or a stop word, and at least one is of the allow-lists.</summary>
    public static bool AreAllowed(ReadOnlySpan<char> name)
    {
        var hasMatter = false;
        while (!name.IsEmpty)
        {
            var length = Length(name);
            if (length > 0)
            {
                var meaning = Lexicon.Shared.Of(Number(name[..length]));
                hasMatter |= meaning.IsTopic || (meaning.IsNameWord && meaning.Stop == 0);
                if (!meaning.IsAllowed && meaning.Stop == 0 && name[..length].ContainsAnyExceptInRange('0', '9'))
                {
                    return false;
                }
            }

            name = name[Math.Max(1, length)..];
        }

        return hasMatter;
    }

    private static ushort Number(ReadOnlySpan<char> word)
    {
        var walk = default(WordTrie.Walk);
        foreach (var unit in word)
        {
            foreach (var symbol in (ReadOnlySpan<byte>)[Folding.Symbol(unit), Folding.Second(unit)])
            {
                if (symbol is not (Folding.None or Folding.Mark))
                {
                    Lexicon.Shared.Step(ref walk, symbol);
                }
            }
        }

        return Lexicon.Shared.End(walk);
    }

    private static int Length(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && Folding.Symbol(text[length]) != Folding.None)
        {
            length++;
        }

        return length;
    }
}
