using System.Globalization;
using System.Text;

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

/// <summary>
/// Cuts a text into tokens, from left to right. Addresses of the web, mentions (@name) and numbers are passed over; a hashtag is its words
/// (#worstServiceEver is three).
/// </summary>
internal ref struct Tokens(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _place;
    private int _hashtagEnd;

    /// <summary>The next token.</summary>
    public Token Next()
    {
        while (_place < _text.Length)
        {
            var start = _place;
            var c = _text[start];
            if (char.IsLetter(c))
            {
                if (IsAddress(start))
                {
                    Pass(static c => !char.IsWhiteSpace(c));
                    continue;
                }

                ReadWord();
                return new Token(TokenKind.Word, start, _place - start);
            }

            if (c is ' ')
            {
                _place++;
            }
            else if (c == '@' && start + 1 < _text.Length && IsName(_text[start + 1]))
            {
                _place++;
                Pass(IsName);
            }
            else if (c == '#' && start + 1 < _text.Length && char.IsLetter(_text[start + 1]))
            {
                _place++;
                _hashtagEnd = _place + Length(_text[_place..], IsName);
            }
            else if (c is '!' or '?' or '¡' or '¿')
            {
                Pass(static c => c is '!' or '?' or '¡' or '¿');
                return new Token(_text[start.._place].Contains('!') ? TokenKind.Exclamation : TokenKind.Question, start, _place - start);
            }
            else if (c == '…' || (c == '.' && start + 2 < _text.Length && _text[start + 1] == '.' && _text[start + 2] == '.'))
            {
                Pass(static c => c is '.' or '…');
                return new Token(TokenKind.Ellipsis, start, _place - start);
            }
            else if (char.IsDigit(c) || c == '_')
            {
                Pass(static c => char.IsDigit(c) || c is '.' or ',' or '_');
            }
            else if (char.IsWhiteSpace(c))
            {
                _place++;
            }
            else
            {
                Rune.DecodeFromUtf16(_text[start..], out _, out var units);
                _place += units;
                return new Token(TokenKind.Symbol, start, units);
            }
        }

        return new Token(TokenKind.End, _text.Length, 0);
    }

    /// <summary>Goes on behind an emoticon that began with the token just read.</summary>
    public void Skip(int end) => _place = end;

    private static bool IsName(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static int Length(ReadOnlySpan<char> text, Func<char, bool> isPart)
    {
        var length = 0;
        while (length < text.Length && isPart(text[length]))
        {
            length++;
        }

        return length;
    }

    private void Pass(Func<char, bool> isPart) => _place += Length(_text[_place..], isPart);

    private readonly bool IsAddress(int start)
    {
        var rest = _text[start..];
        return rest[0] is 'h' or 'H' or 'w' or 'W'
            && (rest.StartsWith("http", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase));
    }

    private void ReadWord()
    {
        var text = _text;
        var place = _place + 1;
        while (place < text.Length && IsPartOfWord(text, place))
        {
            place++;
        }

        _place = place;
    }

    private readonly bool IsPartOfWord(ReadOnlySpan<char> text, int place)
    {
        var c = text[place];
        if (char.IsLetter(c))
        {
            return place >= _hashtagEnd || !char.IsUpper(c) || !char.IsLower(text[place - 1]);
        }

        return c is '\'' or '’' ? IsShortEnding(place + 1) : !char.IsAscii(c) && char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;
    }

    /// <summary>"don't", "we've", but not "l'amore": there the word begins behind the apostrophe.</summary>
    private readonly bool IsShortEnding(int place)
    {
        var length = Length(_text[place..Math.Min(_text.Length, place + 3)], char.IsLetter);
        return length is 1 or 2;
    }
}
