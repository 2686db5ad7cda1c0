using System.Collections.Immutable;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Domain.Tests.Ties;

/// <summary>When a customer's change of mind has to reach everybody before it is answered, and who is told again.</summary>
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

    [Fact]
    public void Add_BySameYes_NothingChanges()
    {
        var list = Acknowledged(Announcement(1));

        Assert.Same(list, list.Add(Given.Person(1), TieKind.Follows, At(0)));
    }

    [Fact]
    public void Add_ByLaterYes_ToldAgain()
    {
        var list = Acknowledged(Announcement(1)).Add(Given.Person(1), TieKind.Follows, At(5))!;

        Assert.Equal(Given.Person(1), Assert.Single(list.Pending).Customer);
    }

    [Fact]
    public void Answered_NotWantedBeforeALaterYes_Stays()
    {
        var list = Untold().Announce(Announcement(1));
        var asked = list.Pending;

        var answered = list.Add(Given.Person(1), TieKind.Follows, At(5))!.Answered(Announcement(1).Version, asked.ToDictionary(follower => follower, _ => false));

        Assert.Equal(At(5), Assert.Single(answered.Pending).Since);
    }

    [Fact]
    public void Remove_EndAfterTheYes_Gone() => Assert.Empty(Untold().Remove(Given.Person(1), TieKind.Follows, At(0)).Followers);

    [Fact]
    public void Remove_EndBeforeTheYes_Stays() =>
        Assert.Single(Untold().Add(Given.Person(1), TieKind.Follows, At(5))!.Remove(Given.Person(1), TieKind.Follows, At(4)).Followers);

    private static Stamp At(int minute) => Given.Statement(minute).Began;

    private static FollowerList Untold() => FollowerList.Empty.Add(Given.Person(1), TieKind.Follows, At(0))!;

    private static FollowerList Acknowledged(Announcement announcement)
    {
        var list = Untold().Announce(announcement);
        return list.Answered(announcement.Version, list.Pending.ToDictionary(follower => follower, _ => true));
    }

    private static Announcement Announcement(long number, params ImmutableArray<AudienceYes> audiences) => new(Given.Me, new ContributionVersion(1, number), null, audiences);
}
