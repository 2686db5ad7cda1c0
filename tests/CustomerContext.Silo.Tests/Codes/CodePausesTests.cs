using CustomerContext.Domain;
using CustomerContext.Silo.Codes;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Codes;

public class CodePausesTests
{
    private readonly FakeTime _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly CodePauses _pauses;

    public CodePausesTests() => _pauses = new CodePauses(_time);

    [Fact]
    public void TryTake_TheSameAddressAgain_AfterThePauseOnly()
    {
        Assert.True(_pauses.TryTake("inbox"));
        Assert.True(_pauses.TryTake("another"));
        _time.Advance(Limits.Identifiers.CodePause - TimeSpan.FromTicks(1));
        Assert.False(_pauses.TryTake("inbox"));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(_pauses.TryTake("inbox"));
    }

    [Fact]
    public void TryTake_OneMoreThanADay_TheNextDayOnly()
    {
        for (var i = 0; i < Limits.Identifiers.CodesPerDay; i++)
        {
            Assert.True(_pauses.TryTake("inbox"));
            _time.Advance(Limits.Identifiers.CodePause);
        }

        Assert.False(_pauses.TryTake("inbox"));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.True(_pauses.TryTake("inbox"));
    }
}
