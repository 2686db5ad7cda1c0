using CustomerContext.Silo.Access;

namespace CustomerContext.Silo.Tests.Access;

public sealed class BoundedCacheTests
{
    private const int Least = 10;

    private readonly BoundedCache<int, string> _cache = new(Least);

    [Fact]
    public void TryGet_TheLatest_AreAllThereAndTwiceAsManyAtMost()
    {
        for (var added = 0; added < 100; added++)
        {
            // Looking makes an entry one of the latest; so of a copy.
            var known = Enumerable.Range(0, added + 1).Count(key => Copy(added).TryGet(key, out _));
            Assert.InRange(known, Math.Min(added + 1, Least), 2 * Least);
        }
    }

    [Fact]
    public void TryGet_EntryThatIsUsed_StaysHoweverManyCome()
    {
        _cache.Set(-1, "hot");
        for (var added = 0; added < 100; added++)
        {
            _cache.Set(added, "cold");
            Assert.True(_cache.TryGet(-1, out var hot));
            Assert.Equal("hot", hot);
        }

        Assert.False(_cache.TryGet(0, out _));
    }

    [Fact]
    public void TryAdd_KnownKey_TellsWhatIsKnownAndKeepsIt()
    {
        Assert.True(_cache.TryAdd(1, "first", out _));
        Assert.False(_cache.TryAdd(1, "second", out var known));
        Assert.Equal("first", known);
        Assert.Equal("first", _cache.GetOrAdd(1, _ => "third"));
    }

    [Fact]
    public void TryAdd_ManyAtOnceOfOneKey_OneIsTheFirst()
    {
        var firsts = 0;
        Parallel.For(0, 1_000, _ =>
        {
            if (_cache.TryAdd(7, "x", out string? _))
            {
                Interlocked.Increment(ref firsts);
            }
        });

        Assert.Equal(1, firsts);
    }

    private static BoundedCache<int, string> Copy(int last)
    {
        var copy = new BoundedCache<int, string>(Least);
        for (var key = 0; key <= last; key++)
        {
            copy.Set(key, $"{key}");
        }

        return copy;
    }
}
