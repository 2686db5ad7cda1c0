using CustomerContext.Domain.Access;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Domain.Tests.Access;

public sealed class ActorLooksTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ActorRole.Person, Limits.Alarms.PeopleOfPerson)]
    [InlineData(ActorRole.Service, Limits.Alarms.PeopleOfService)]
    public void Count_ManyPeopleInOneInteraction_AlarmOnePastTheLimitAndOnlyOnce(ActorRole role, int limit)
    {
        var looks = new ActorLooks(role);

        // One interaction accounts for one of them.
        for (var person = 0; person <= limit; person++)
        {
            Assert.Null(looks.Count((ulong)person, "call-1", _now));
        }

        Assert.Equal(LookAlarm.ManyPeople, looks.Count((ulong)limit + 1, "call-1", _now));
        Assert.Null(looks.Count((ulong)limit + 2, "call-1", _now));
    }

    [Fact]
    public void Count_APersonForEachInteraction_NoAlarm()
    {
        var looks = new ActorLooks(ActorRole.Person);

        Assert.All(Enumerable.Range(0, Limits.Alarms.InteractionsKept), call => Assert.Null(looks.Count((ulong)call, $"call-{call}", _now)));
    }

    [Fact]
    public void Count_MoreInteractionsThanAreKept_TheRestAccountForNobody()
    {
        var looks = new ActorLooks(ActorRole.Person);
        const int Honest = Limits.Alarms.InteractionsKept + Limits.Alarms.PeopleOfPerson;

        Assert.All(Enumerable.Range(0, Honest), call => Assert.Null(looks.Count((ulong)call, $"call-{call}", _now)));
        Assert.Equal(LookAlarm.ManyPeople, looks.Count(Honest, $"call-{Honest}", _now));
    }

    [Theory]
    [InlineData(ActorRole.Person, Limits.Alarms.LooksOfPerson)]
    [InlineData(ActorRole.Service, Limits.Alarms.LooksOfService)]
    public void Count_OnePersonAgainAndAgain_AlarmOnePastTheLimitAndOnlyOnce(ActorRole role, int limit)
    {
        var looks = new ActorLooks(role);

        Assert.All(Enumerable.Range(0, limit), call => Assert.Null(looks.Count(7, $"call-{call}", _now)));
        Assert.Equal(LookAlarm.OnePerson, looks.Count(7, "call", _now));
        Assert.Null(looks.Count(7, "call", _now));
    }

    [Fact]
    public void Count_AnHourLater_BeginsAnew()
    {
        var looks = new ActorLooks(ActorRole.Person);
        Assert.All(Enumerable.Range(0, Limits.Alarms.LooksOfPerson), _ => Assert.Null(looks.Count(7, "call", _now)));

        Assert.Null(looks.Count(7, "call", _now + Limits.Alarms.Window));
    }
}
