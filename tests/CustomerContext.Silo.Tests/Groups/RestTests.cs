using CustomerContext.Domain;
using CustomerContext.Grains.Tribes;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>How long a shard rests after a write.</summary>
public sealed class RestTests
{
    private static readonly TimeSpan _tick = TimeSpan.FromTicks(1);

    private readonly FakeTime _time = new();

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(500)]
    public async Task After_AWrite_RestsSoManyTimesAsLongButNotLongerThanTheLongest(int milliseconds)
    {
        var begun = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        var expected = TimeSpan.FromMilliseconds(Math.Min(milliseconds * Limits.Shards.RestTimes, Limits.Shards.LongestRest.TotalMilliseconds));

        var rest = new Rest(_time).After(begun);
        _time.Advance(expected - _tick);
        Assert.False(rest.IsCompleted);
        _time.Advance(_tick);

        await rest;
    }

    [Fact]
    public async Task End_DuringARest_IsOverAtOnceAndTheNextIsARestAgain()
    {
        var rest = new Rest(_time);
        var begun = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(1));

        var first = rest.After(begun);
        rest.End();
        await first;

        Assert.False(rest.After(begun).IsCompleted);
    }

    [Fact]
    public async Task End_BeforeARest_ItDoesNotBegin()
    {
        var rest = new Rest(_time);
        var begun = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(1));
        rest.End();

        await rest.After(begun);

        Assert.False(rest.After(begun).IsCompleted);
    }
}
