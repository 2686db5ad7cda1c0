using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Domain.Tests.Ties;

/// <summary>When time alone changes what is shown of the people around.</summary>
public sealed class NextReleaseTests
{
    [Theory]
    [InlineData(10, 20, 0, 10)]
    [InlineData(20, 10, 0, 10)]
    [InlineData(20, 30, 10, 10)]
    public void NextRelease_OfSeveral_IsTheFirstInstantAtWhichAnythingIsReleased(int friends, int followed, int influence, int first)
    {
        var state = TiesState.Empty with
        {
            Networks = [Due(GroupKind.Friends, friends), Due(GroupKind.Followed, followed)],
            InfluenceShown = InfluenceRelease.None with { Due = influence == 0 ? 0 : After(influence).ToUnixTimeSeconds() },
        };

        var next = NetworkRules.NextRelease(state);

        Assert.Equal(After(first), next);
        Assert.Same(state, Advanced(state, next.AddTicks(-1)));
        Assert.NotSame(state, Advanced(state, next));
    }

    [Fact]
    public void NextRelease_NobodyAround_IsNever() => Assert.Equal(DateTimeOffset.MaxValue, NetworkRules.NextRelease(TiesState.Empty));

    private static DateTimeOffset After(int minutes) => Given.Now.AddMinutes(minutes);

    private static Network Due(GroupKind kind, int minutes) => new(kind, Audience.Of(Given.Support), GroupMembers.Empty, NetworkState.Empty, After(minutes).ToUnixTimeSeconds());

    private static TiesState Advanced(TiesState state, DateTimeOffset now) => NetworkRules.Advance(state, Given.Me, Given.Secret, now);
}
