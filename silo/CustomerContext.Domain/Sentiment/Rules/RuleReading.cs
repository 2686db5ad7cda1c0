using CustomerContext.Domain.Sentiment.Words;

namespace CustomerContext.Domain.Sentiment.Rules;

/// <summary>
/// What the rules make of a text, word by word: a feeling is turned round by a negation and scaled by a strengthening or weakening word among the three words
/// before it; capitals among small letters and elongation add to it; behind a "but" it counts half as much again, before one half. As in VADER (Hutto and
/// Gilbert 2014), whose constants these are.
/// </summary>
internal struct RuleReading
{
    private const float Negated = -0.74f;
    private const float Scaled = 0.293f;
    private const float Capitals = 0.733f;
    private const float ExclamationMark = 0.292f;
    private const float BeforeBut = 0.5f;
    private const float AfterBut = 1.5f;
    private const float Flattening = 15;
    private const int Reach = 3;
    private const int MostExclamations = 4;

    private float _positive;
    private float _negative;
    private float _capitalsBonus;
    private float _scale;
    private float _butFactor;
    private int _notReach;
    private int _scaleReach;

    /// <summary>Words and signs with a good feeling, as they stand in the text.</summary>
    public int Positives { get; private set; }

    /// <summary>With a bad one.</summary>
    public int Negatives { get; private set; }

    /// <summary>Words.</summary>
    public int Words { get; private set; }

    /// <summary>Of these all in capitals.</summary>
    public int CapitalWords { get; private set; }

    /// <summary>Words with an elongation.</summary>
    public int Elongations { get; private set; }

    /// <summary>Negations.</summary>
    public int Negations { get; private set; }

    /// <summary>Contrasts.</summary>
    public int Contrasts { get; private set; }

    /// <summary>Emoji and emoticons.</summary>
    public int Symbols { get; private set; }

    /// <summary>Exclamation marks.</summary>
    public int Exclamations { get; set; }

    /// <summary>Question marks.</summary>
    public int Questions { get; set; }

    /// <summary>Runs of dots.</summary>
    public int Ellipses { get; set; }

    /// <summary>The feeling of the last word or sign that had one.</summary>
    public float Last { get; private set; }

    /// <summary>A negation stands among the three words before.</summary>
    public readonly bool IsNegated => _notReach > 0;

    /// <summary>Sum of the good feelings, 0 or more.</summary>
    public readonly float Positive => _positive;

    /// <summary>Sum of the bad ones, 0 or less.</summary>
    public readonly float Negative => _negative;

    /// <summary>The feeling of it all, -1 to 1: S / sqrt(S^2 + 15) of the sum S.</summary>
    public readonly float Compound
    {
        get
        {
            var sum = _positive + _negative + (CapitalWords < Words ? _capitalsBonus : 0);
            sum += MathF.Sign(sum) * ExclamationMark * Math.Min(Exclamations, MostExclamations);
            return sum / MathF.Sqrt((sum * sum) + Flattening);
        }
    }

    /// <summary>Takes in a word.</summary>
    public void TakeWord(LexiconEntry entry, bool isCapital, bool isElongated)
    {
        Words++;
        CapitalWords += isCapital ? 1 : 0;
        Elongations += isElongated ? 1 : 0;
        switch (entry.Class)
        {
            case WordClass.Feeling:
                TakeFeeling(entry.Feeling, isCapital, isElongated);
                break;
            case WordClass.Not:
                Negations++;
                _notReach = Reach + 1;
                break;
            case WordClass.More or WordClass.Less:
                _scale = entry.Class == WordClass.More ? Scaled : -Scaled;
                _scaleReach = Reach + 1;
                break;
            case WordClass.But:
                TakeBut();
                break;
            default:
                break;
        }

        _notReach = Math.Max(0, _notReach - 1);
        _scaleReach = Math.Max(0, _scaleReach - 1);
    }

    /// <summary>Takes in an emoji or emoticon: no negation reaches it.</summary>
    public void TakeSymbol(LexiconEntry entry)
    {
        Symbols++;
        if (entry.Class == WordClass.Feeling)
        {
            Add(entry.Feeling, entry.Feeling);
        }
    }

    private void TakeFeeling(float feeling, bool isCapital, bool isElongated)
    {
        var value = feeling;
        if (_scaleReach > 0)
        {
            // The farther away, the weaker.
            value += MathF.Sign(value) * _scale * (1 - (0.05f * (Reach - _scaleReach)));
        }

        value += isElongated ? MathF.Sign(value) * Scaled : 0;
        var bonus = isCapital ? MathF.Sign(value) * Capitals : 0;
        if (_notReach > 0)
        {
            value *= Negated;
            bonus *= Negated;
        }

        _capitalsBonus += bonus * Factor;
        Add(value, feeling);
    }

    private void Add(float value, float feeling)
    {
        if (value > 0)
        {
            _positive += value * Factor;
        }
        else
        {
            _negative += value * Factor;
        }

        Positives += feeling > 0 ? 1 : 0;
        Negatives += feeling < 0 ? 1 : 0;
        Last = value;
    }

    private readonly float Factor => _butFactor == 0 ? 1 : _butFactor;

    private void TakeBut()
    {
        if (Contrasts++ == 0)
        {
            _positive *= BeforeBut;
            _negative *= BeforeBut;
            _capitalsBonus *= BeforeBut;
            _butFactor = AfterBut;
        }

        _notReach = 0;
    }
}
