using System.Runtime.CompilerServices;

namespace CustomerContext.Domain.Topics;

/// <summary>How much a mention says; the smaller the more.</summary>
internal enum MentionRank : byte
{
    Hashtag,
    Phrase,
    Word,
    General,
}

/// <summary>What a text mentions: kept on the stack, the first sixteen mentions of topics and whether anything denied is in it.</summary>
internal struct TopicMentions
{
    private const int Most = 16;
    private Mentions _mentions;
    private int _count;
    private int _denied;

    /// <summary>True if the text names what is never kept.</summary>
    public readonly bool IsDenied => _denied > 0;

    /// <summary>Something denied was found (+1), or found to be harmless (-1).</summary>
    public void Deny(int count) => _denied += count;

    /// <summary>A topic was found in the words from place <paramref name="from"/> on: what those words say alone does not count beside it.</summary>
    public void Add(ushort topic, MentionRank rank, int from)
    {
        while (_count > 0 && _mentions[_count - 1].From >= from)
        {
            _count--;
        }

        if (_count < Most)
        {
            _mentions[_count++] = new Mention(topic, rank, from);
        }
    }

    /// <summary>The topics that say most, best first, as numbers: by rank, then by number of mentions, then the first mentioned. Returns how many.</summary>
    public readonly int Best(Span<ushort> topics)
    {
        var found = 0;
        while (found < topics.Length)
        {
            var (best, bestKey) = ((ushort)0, int.MaxValue);
            for (var i = 0; i < _count; i++)
            {
                var topic = _mentions[i].Topic;
                if (!topics[..found].Contains(topic) && Key(topic) is var key && key < bestKey)
                {
                    (best, bestKey) = (topic, key);
                }
            }

            if (best == 0)
            {
                break;
            }

            topics[found++] = best;
        }

        return found;
    }

    private readonly int Key(ushort topic)
    {
        var (rank, count, first) = ((int)MentionRank.General, 0, -1);
        for (var i = 0; i < _count; i++)
        {
            if (_mentions[i].Topic == topic)
            {
                rank = Math.Min(rank, (int)_mentions[i].Rank);
                count++;
                first = first < 0 ? i : first;
            }
        }

        return (((rank * (Most + 1)) + Most - count) * Most) + first;
    }

    private readonly record struct Mention(ushort Topic, MentionRank Rank, int From);

    [InlineArray(Most)]
    private struct Mentions
    {
        private Mention _first;
    }
}
