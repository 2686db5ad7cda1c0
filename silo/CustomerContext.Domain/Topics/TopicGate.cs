using System.Collections.Frozen;
using System.Collections.Immutable;
using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Topics;

/// <summary>
/// Which topics pass for the signals of one tenant, or of the customers themselves: service matters, the tenant's products, declared hobbies. And what is never kept: anything that
/// the deny-lists name, in whatever language. docs/topics.md says it in plain words. Immutable.
/// </summary>
public sealed class TopicGate
{
    private readonly FrozenSet<string> _names;
    private readonly TopicVocabulary? _products;

    private TopicGate(IEnumerable<string> products, IEnumerable<string> hobbies)
    {
        string[] named = [.. products.Select(TopicName.Normalise)];
        _products = named.Length == 0 ? null : TopicVocabulary.OfNames(named);
        _names = named.Concat(hobbies).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>What passes of a tenant's signals. A product's name is one to six words of letters and digits.</summary>
    public static TopicGate OfTenant(IEnumerable<string> products) => new(products, []);

    /// <summary>What passes of the customers' own signals: hobbies too, as nobody else can declare them, and the products of all tenants.</summary>
    public static TopicGate OfCustomers(IEnumerable<string> products) =>
        new(products, ListFile.Read("hobbies").Select(line => line.Entry));

    /// <summary>True if <paramref name="name"/> can be the name of a tenant's product: words that can be found, at most six, none denied.</summary>
    public static bool IsProductName(string name)
    {
        try
        {
            return ListEntry.Of(TopicName.Normalise(name)).All(entry => !entry.IsLocal && !entry.IsHarmless && entry.Parts.All(part => !part.IsStem))
                && TopicName.Normalise(name).Length <= Limits.Signals.TopicCharacters
                && !IsDenied(name);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>True if the words name what is never kept, in any language.</summary>
    public static bool IsDenied(ReadOnlySpan<char> words) => TopicFinder.Find(TopicVocabulary.Shared, words, TextLanguage.Other).IsDenied;

    /// <summary>True if an address of a page, or the id of a resource, names such things: then it is not kept either.</summary>
    public static bool IsDeniedAddress(string address)
    {
        const string scheme = "://";
        var from = address.IndexOf(scheme, StringComparison.Ordinal) is >= 0 and var at ? at + scheme.Length : 0;
        foreach (var part in address.AsSpan(from).Split('/'))
        {
            if (IsDenied(address.AsSpan(from)[part]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// True if <paramref name="topic"/>, normalised, passes: it is a product or hobby, or all its words are service words, numbers or words that bind
    /// them, at least one the first.
    /// </summary>
    public bool Allows(string topic) => !IsDenied(topic) && (_names.Contains(topic) || TopicWords.AreAllowed(topic));

    /// <summary>
    /// The topics of a signal, normalised, each once, at most 8: of those <paramref name="given"/> the ones that pass, then at most three that the
    /// text mentions.
    /// </summary>
    /// <param name="given">As the source sent them.</param>
    /// <param name="text">The customer's own words; empty if there are none.</param>
    /// <param name="languages">The languages, as BCP 47 tags, that the text is said or found to be in; null or empty if not known.</param>
    public TopicReading Read(ImmutableArray<string> given, ReadOnlySpan<char> text, params ReadOnlySpan<string?> languages)
    {
        var topics = ImmutableArray.CreateBuilder<string>();
        foreach (var topic in given)
        {
            var name = TopicName.Normalise(topic);
            if (IsDenied(name))
            {
                return TopicReading.Denied;
            }

            if (Allows(name))
            {
                Add(topics, name);
            }
        }

        if (!text.IsEmpty && Find(topics, text, languages))
        {
            return TopicReading.Denied;
        }

        return new TopicReading(topics.DrainToImmutable(), IsDenied: false);
    }

    /// <summary>Adds what the text mentions; true if it is denied in any of the languages.</summary>
    private bool Find(ImmutableArray<string>.Builder topics, ReadOnlySpan<char> text, ReadOnlySpan<string?> languages)
    {
        var language = TextLanguage.Other;
        foreach (var tag in languages)
        {
            language = LanguageSet.Of(tag) is not TextLanguage.Other and var known ? known : language;
        }

        var mentions = TopicFinder.Find(TopicVocabulary.Shared, text, language);
        if (mentions.IsDenied || IsDeniedElsewhere(text, language, languages))
        {
            return true;
        }

        if (_products is { } products)
        {
            Add(topics, products, TopicFinder.Find(products, text, TextLanguage.Other));
        }

        Add(topics, TopicVocabulary.Shared, mentions);
        return false;
    }

    /// <summary>What one language denies is denied, even if the text was found to be in another one.</summary>
    private static bool IsDeniedElsewhere(ReadOnlySpan<char> text, TextLanguage read, ReadOnlySpan<string?> languages)
    {
        foreach (var tag in languages)
        {
            var language = LanguageSet.Of(tag);
            if (language != TextLanguage.Other && language != read && TopicFinder.Find(TopicVocabulary.Shared, text, language).IsDenied)
            {
                return true;
            }
        }

        return false;
    }

    private static void Add(ImmutableArray<string>.Builder topics, TopicVocabulary vocabulary, TopicMentions mentions)
    {
        Span<ushort> best = stackalloc ushort[Limits.Signals.FoundTopics];
        foreach (var topic in best[..mentions.Best(best)])
        {
            Add(topics, vocabulary.Topics[topic]);
        }
    }

    private static void Add(ImmutableArray<string>.Builder topics, string name)
    {
        if (topics.Count < Limits.Signals.Topics && !topics.Contains(name))
        {
            topics.Add(name);
        }
    }
}

/// <summary>What a signal is about.</summary>
/// <param name="Topics">Normalised, each once, at most 8.</param>
/// <param name="IsDenied">True if it names what is never kept: then it has no topics, and nothing of it counts.</param>
public readonly record struct TopicReading(ImmutableArray<string> Topics, bool IsDenied)
{
    /// <summary>Nothing of it counts.</summary>
    public static TopicReading Denied { get; } = new([], IsDenied: true);
}

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
                var meaning = TopicVocabulary.Shared.Of(Number(name[..length]));
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
                if (symbol is not (Folding.None or Folding.CombiningAccent))
                {
                    TopicVocabulary.Shared.Step(ref walk, symbol);
                }
            }
        }

        return TopicVocabulary.Shared.End(walk);
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
