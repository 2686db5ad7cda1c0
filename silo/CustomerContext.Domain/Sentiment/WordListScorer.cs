using System.Collections.Frozen;
using System.Text;

namespace CustomerContext.Domain.Sentiment;

/// <summary>
/// A first, simple scorer: English words and emoji with a feeling, turned round by a negation or scaled by a strengthening or weakening word among the
/// three tokens before; the sum S becomes S / sqrt(S^2 + 15) (as in VADER, Hutto and Gilbert 2014). Confidence is hits / (hits + 1), halved for
/// a text in another language. Allocates nothing.
/// </summary>
public sealed class WordListScorer : ISentimentScorer
{
    private const double Flattening = 15;
    private const double Negated = -0.7;
    private const double Strengthened = 1.3;
    private const double Weakened = 0.7;
    private const double BeforeBut = 0.5;
    private const double AfterBut = 1.5;
    private const int Reach = 3;
    private const int LongestWord = 24;

    private static readonly FrozenDictionary<string, LexiconEntry>.AlternateLookup<ReadOnlySpan<char>> Words =
        Lexicon.English.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <inheritdoc/>
    public TextScore Score(ReadOnlySpan<char> text, string? language)
    {
        var reading = default(Reading);
        while (!text.IsEmpty)
        {
            text = text[Read(text, ref reading)..];
        }

        var confidence = (double)reading.Hits / (reading.Hits + 1);
        var isForeign = language is not (null or "") && !language.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        return new TextScore(reading.Sum / Math.Sqrt((reading.Sum * reading.Sum) + Flattening), isForeign ? confidence / 2 : confidence);
    }

    /// <summary>Takes in the first token of <paramref name="text"/>; returns its length.</summary>
    private static int Read(ReadOnlySpan<char> text, ref Reading reading)
    {
        var length = 0;
        while (length < text.Length && (char.IsLetter(text[length]) || (length > 0 && text[length] is '\'' or '’')))
        {
            length++;
        }

        if (length > 0)
        {
            Take(text[..length], ref reading);
            return length;
        }

        for (var symbol = Math.Min(3, text.Length); symbol > 1; symbol--)
        {
            if (Words.TryGetValue(text[..symbol], out var entry))
            {
                reading.Take(entry);
                return symbol;
            }
        }

        Rune.DecodeFromUtf16(text, out _, out var units);
        if (Words.TryGetValue(text[..units], out var single))
        {
            reading.Take(single);
        }

        return units;
    }

    private static void Take(ReadOnlySpan<char> word, ref Reading reading)
    {
        Span<char> lower = stackalloc char[LongestWord];
        if (word.Length <= LongestWord)
        {
            var length = word.ToLowerInvariant(lower);
            lower[..length].Replace('’', '\'');
            if (Words.TryGetValue(lower[..length], out var entry))
            {
                reading.Take(entry);
                return;
            }
        }

        reading.Pass();
    }

    /// <summary>The text so far.</summary>
    private struct Reading
    {
        private double _modifier;
        private int _reach;
        private bool _isAfterBut;

        public double Sum { get; private set; }

        public int Hits { get; private set; }

        public void Take(LexiconEntry entry)
        {
            switch (entry.Class)
            {
                case TokenClass.Feeling:
                    Sum += entry.Feeling * (_reach > 0 ? _modifier : 1) * (_isAfterBut ? AfterBut : 1);
                    Hits++;
                    Pass();
                    break;
                case TokenClass.But:
                    Sum *= _isAfterBut ? 1 : BeforeBut;
                    _isAfterBut = true;
                    _reach = 0;
                    break;
                default:
                    _modifier = (_reach > 0 ? _modifier : 1) * Factor(entry.Class);
                    _reach = Reach;
                    break;
            }
        }

        public void Pass() => _reach = Math.Max(0, _reach - 1);

        private static double Factor(TokenClass token) => token switch
        {
            TokenClass.Not => Negated,
            TokenClass.More => Strengthened,
            _ => Weakened,
        };
    }
}
