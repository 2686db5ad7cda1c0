using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace CustomerContext.Silo.Access;

/// <summary>
/// Remembers at least the latest <paramref name="least"/> entries and at most twice as many, so that no caller can fill the memory. Entries live in two generations: when the
/// young one is full it becomes the old one, and what was old is forgotten, unless it was found meanwhile. Finding takes no lock.
/// </summary>
internal sealed class BoundedCache<TKey, TValue>(int least)
    where TKey : notnull
{
    private readonly Lock _adding = new();
    private volatile Generations _now = new(new ConcurrentDictionary<TKey, TValue>(), new ConcurrentDictionary<TKey, TValue>());
    private int _young;

    private sealed record Generations(ConcurrentDictionary<TKey, TValue> Young, ConcurrentDictionary<TKey, TValue> Old);

    /// <summary>The value of <paramref name="key"/>, if it is remembered; from then on it is one of the latest.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var now = _now;
        if (now.Young.TryGetValue(key, out value))
        {
            return true;
        }

        if (!now.Old.TryGetValue(key, out value))
        {
            return false;
        }

        Set(key, value);
        return true;
    }

    /// <summary>The value of <paramref name="key"/>: as remembered, or as <paramref name="make"/> says.</summary>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> make)
    {
        if (TryGet(key, out var known))
        {
            return known;
        }

        var made = make(key);
        return TryAdd(key, made, out known) ? made : known;
    }

    /// <summary>Remembers <paramref name="value"/>, unless there is a value of <paramref name="key"/> already, which is then <paramref name="known"/>.</summary>
    public bool TryAdd(TKey key, TValue value, [MaybeNullWhen(true)] out TValue known)
    {
        lock (_adding)
        {
            if (TryGet(key, out known))
            {
                return false;
            }

            Set(key, value);
            return true;
        }
    }

    /// <summary>Remembers <paramref name="value"/> in the place of what was there.</summary>
    public void Set(TKey key, TValue value)
    {
        lock (_adding)
        {
            if (_now.Young.ContainsKey(key))
            {
                _now.Young[key] = value;
                return;
            }

            if (_young == least)
            {
                (_now, _young) = (new Generations(new ConcurrentDictionary<TKey, TValue>(), _now.Young), 0);
            }

            _now.Young[key] = value;
            _young++;
        }
    }
}
