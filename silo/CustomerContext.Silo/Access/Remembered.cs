using System.Collections.Concurrent;

namespace CustomerContext.Silo.Access;

/// <summary>
/// What a pure function gave before, for functions that cost more than a look-up. Forgets everything once it holds <paramref name="capacity"/> answers, so that
/// no caller can fill the memory.
/// </summary>
internal sealed class Remembered<TKey, TValue>(int capacity, Func<TKey, TValue> function)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TValue> _known = new();
    private int _count;

    /// <summary>The function's value for <paramref name="key"/>.</summary>
    public TValue Get(TKey key)
    {
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        if (Interlocked.Increment(ref _count) > capacity)
        {
            _known.Clear();
            _count = 1;
        }

        return _known[key] = function(key);
    }
}
