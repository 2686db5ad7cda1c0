using System.Collections.Immutable;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Domain.Tests.Ties;

/// <summary>When a customer's change of mind has to reach everybody before it is answered.</summary>
public sealed class FollowerListTests
{
    private static readonly AudienceYes _support = new(Audience.Of(Given.Support), 1);
    private static readonly AudienceYes _advice = new(new Audience("service.advice"), 1);

    [Fact]
    public void TakesBack_NothingEverTold_False() => Assert.False(Untold().TakesBack(Announcement(1)));

    [Fact]
    public void TakesBack_AudienceMore_False() => Assert.False(Acknowledged(Announcement(1, _support)).TakesBack(Announcement(2, _support, _advice)));

    [Fact]
    public void TakesBack_AudienceLess_True() => Assert.True(Acknowledged(Announcement(1, _support, _advice)).TakesBack(Announcement(2, _support)));

    [Fact]
    public void TakesBack_SameAudienceSinceLater_True() => Assert.True(Acknowledged(Announcement(1, _support)).TakesBack(Announcement(2, _support with { Since = 2 })));

    [Fact]
    public void TakesBack_RepeatedBeforeEverybodyHeard_True() => Assert.True(Untold().Announce(Announcement(2)).TakesBack(Announcement(2)));

    [Fact]
    public void TakesBack_RepeatedAfterEverybodyHeard_False() => Assert.False(Acknowledged(Announcement(2)).TakesBack(Announcement(2)));

    private static FollowerList Untold() => FollowerList.Empty.Add(Given.Person(1), TieKind.Follows)!;

    private static FollowerList Acknowledged(Announcement announcement)
    {
        var list = Untold().Announce(announcement);
        return list.Answered(announcement.Version, list.Pending.ToDictionary(follower => follower, _ => true));
    }

    private static Announcement Announcement(long number, params ImmutableArray<AudienceYes> audiences) => new(Given.Me, new ContributionVersion(1, number), null, audiences);
}
