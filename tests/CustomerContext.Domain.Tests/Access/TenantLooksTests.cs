using CustomerContext.Domain.Access;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Domain.Tests.Access;

public class TenantLooksTests
{
    private static readonly DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Count_OneMoreActorThanWatched_TellsOnceAndWatchesTheOldOnes()
    {
        var looks = new TenantLooks();
        Assert.All(Enumerable.Range(0, Limits.Alarms.ActorsPerTenant), actor => Assert.Null(Look(looks, actor, 1, _now)));

        Assert.Equal(LookAlarm.ManyActors, Look(looks, Limits.Alarms.ActorsPerTenant, 1, _now));
        Assert.Null(Look(looks, Limits.Alarms.ActorsPerTenant + 1, 1, _now));

        var alarms = Enumerable.Range(2, Limits.Alarms.PeopleOfPerson).Select(person => Look(looks, 0, (ulong)person, _now)).OfType<LookAlarm>();
        Assert.Equal([LookAlarm.ManyPeople], alarms);
    }

    [Fact]
    public void Count_AWindowLater_ThereIsRoomAgain()
    {
        var looks = new TenantLooks();
        var most = Limits.Alarms.ActorsPerTenant;
        Assert.Equal(LookAlarm.ManyActors, Enumerable.Range(0, most + 1).Select(actor => Look(looks, actor, 1, _now)).ToArray()[most]);
        Assert.Null(Look(looks, most + 2, 1, _now + Limits.Alarms.Window - TimeSpan.FromTicks(1)));

        var alarms = Enumerable.Range(most, most + 1).Select(actor => Look(looks, actor, 1, _now + Limits.Alarms.Window)).ToArray();
        Assert.All(alarms[..most], alarm => Assert.Null(alarm));
        Assert.Equal(LookAlarm.ManyActors, alarms[most]);
    }

    private static LookAlarm? Look(TenantLooks looks, int actor, ulong person, DateTimeOffset now) =>
        looks.Count($"agent-{actor}", ActorRole.Person, person, null, now);
}
