namespace CustomerContext.Domain.Topics;

/// <summary>
/// Words and stems, walked symbol by symbol (<see cref="Folding"/>) while a text is read. A word's number is that of the whole word if it is listed,
/// else that of its longest listed stem, else 0.
/// </summary>
internal sealed class WordTrie
{
    private readonly List<int[]> _next = [new int[Folding.Symbols]];
    private readonly List<(ushort Word, ushort Stem)> _ends = [default];
    private int[] _flat = [];
    private (ushort Word, ushort Stem)[] _flatEnds = [];

    /// <summary>The number of a word or stem, added as <paramref name="number"/> if it is new.</summary>
    public ushort Add(ReadOnlySpan<byte> symbols, bool isStem, ushort number)
    {
        var node = 0;
        foreach (var symbol in symbols)
        {
            if (_next[node][symbol] == 0)
            {
                _next[node][symbol] = _next.Count;
                _next.Add(new int[Folding.Symbols]);
                _ends.Add(default);
            }

            node = _next[node][symbol];
        }

        var end = _ends[node];
        var known = isStem ? end.Stem : end.Word;
        if (known == 0)
        {
            _ends[node] = isStem ? end with { Stem = number } : end with { Word = number };
        }

        return known == 0 ? number : known;
    }

    /// <summary>Makes it ready to be walked; nothing is added after.</summary>
    public void Freeze()
    {
        _flat = [.. _next.SelectMany(static row => row)];
        _flatEnds = [.. _ends];
        _next.Clear();
        _ends.Clear();
    }

    /// <summary>One step on.</summary>
    public void Step(ref Walk walk, byte symbol)
    {
        var node = symbol < Folding.Symbols && walk.Node >= 0 ? _flat[(walk.Node * Folding.Symbols) + symbol] : 0;
        walk.Node = node == 0 ? -1 : node;
        if (node != 0 && _flatEnds[node].Stem is not 0 and var stem)
        {
            walk.Stem = stem;
        }
    }

    /// <summary>The number of the word walked.</summary>
    public ushort End(Walk walk) => walk.Node > 0 && _flatEnds[walk.Node].Word is not 0 and var word ? word : walk.Stem;

    /// <summary>Where a walk is: at the start if default.</summary>
    public struct Walk
    {
        /// <summary>The node; -1 where no listed word begins so.</summary>
        public int Node;

        /// <summary>The longest stem passed.</summary>
        public ushort Stem;
    }
}
