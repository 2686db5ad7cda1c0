using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Ties;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Tribes;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>Networks and tribes release at their fixed times, and a look shows the last release.</summary>
public sealed class ReleaseTests : IAsyncLifetime, IDisposable
{
    private const string Support = "service.support";
    private const string Tribe = "e-bikers";

    private static readonly TimeSpan _day = TimeSpan.FromDays(1);

    private readonly TempFolder _data = new();
    private GroupSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await GroupSilo.Start(_data.Path);

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Look_SevenFriendsForAWeek_NetworkIsShownAndGoneAfterThreeWithdrew()
    {
        var (me, friends) = (Person(0), Enumerable.Range(1, 7).Select(Person).ToArray());
        await MakeGrant(me);
        foreach (var friend in friends)
        {
            await _silo.SetPreferences(friend, false, Support);
            await _silo.Publish(friend, _silo.Answer(5), _silo.Tie(me));
            await _silo.Publish(me, _silo.Tie(friend));
        }

        await _silo.Settled([me, .. friends]);
        _silo.Time.Advance(_day);
        Assert.Null((await Look(me)).Friends);

        foreach (var friend in friends)
        {
            await _silo.Publish(friend, _silo.Answer(5));
        }

        await _silo.Settled([me, .. friends]);
        _silo.Time.Advance(7 * _day);
        var shown = (await Look(me)).Friends;
        Assert.Equal(SizeBand.From5, shown?.Size);
        Assert.Equal(shown, Assert.Single((await History(me)).Friends));

        // What the moved clock cut off may still be going wrong on the silo's own threads: whoever is refused for that says it again.
        foreach (var friend in friends[..3])
        {
            await GroupSilo.Surely(() => _silo.SetPreferences(friend, false));
        }

        _silo.Time.Advance(_day);
        Assert.Null((await Look(me)).Friends);
        Assert.Empty((await History(me)).Friends);
    }

    [Fact]
    public async Task Tribe_FiftyHeard_ReleasesAtItsMinuteAndNotAMinuteEarlier()
    {
        var members = await Members(50);
        var group = GroupId.Tribe(Tribe, new Audience(Support));
        var due = ReleaseClock.Next(_silo.Secret.ReleaseMinute(group), Cadence.Daily, _silo.Time.GetUtcNow());
        var tribe = _silo.Grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(group));
        Assert.Equal(50, (await _silo.StoredTribe(Tribe, Support)).Count);

        Assert.Equal(due.UtcDateTime, Assert.Single(await _silo.StoredReminders(tribe)));

        _silo.Time.AdvanceTo(due - TimeSpan.FromSeconds(1));
        await _silo.Remind(group);
        Assert.Null((await tribe.Get()).History.Last);

        // Delivered by hand: real Orleans, which takes a clock that is moved by hours for a machine that stood still, may skip one of its own.
        _silo.Time.AdvanceTo(due);
        await _silo.Remind(group);
        var view = await tribe.Get();
        Assert.Equal((1, due, 50, 50), (view.History.Number, view.History.Last!.At, view.History.Last.Heard, view.History.Last.Members));

        await MakeGrant(members[0]);
        var joined = Assert.Single((await Look(members[0])).Tribes);
        Assert.Equal(view.History.Last, joined.Release);
        var history = Assert.Single((await History(members[0])).Tribes);
        Assert.Equal((view.History.Last, due, 50), (history.Last, Assert.Single(history.Points).At, history.Points[0].Heard));
    }

    [Fact]
    public async Task Tribe_SixWithdraw_NextReleaseIsGone()
    {
        var members = await Members(50);
        var group = GroupId.Tribe(Tribe, new Audience(Support));
        var tribe = _silo.Grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(group));
        var due = ReleaseClock.Next(_silo.Secret.ReleaseMinute(group), Cadence.Daily, _silo.Time.GetUtcNow());
        _silo.Time.AdvanceTo(due);
        await tribe.Finish(1);
        Assert.NotNull((await tribe.Get()).History.Last);

        foreach (var member in members[..6])
        {
            await _silo.SetPreferences(member, false);
        }

        Assert.Equal(44, (await _silo.StoredTribe(Tribe, Support)).Count);
        _silo.Time.AdvanceTo(due + _day);
        await tribe.Finish(2);
        Assert.Null((await tribe.Get()).History.Last);
    }

    [Fact]
    public async Task Trends_OnlyWhoPublishes_AreCounted()
    {
        await Members(50, publish: 49);

        Assert.Equal(50, (await _silo.StoredTribe(Tribe, Support)).Count);
        Assert.Equal(49, (await _silo.StoredTribe(Tribe, "publish")).Count);
    }

    private async Task<CustomerKey[]> Members(int count, int publish = 0)
    {
        var members = Enumerable.Range(100, count).Select(Person).ToArray();
        for (var i = 0; i < count; i++)
        {
            await _silo.SetPreferences(members[i], i < publish, Support);
            await _silo.Publish(members[i], _silo.Answer(1 + (i % 5)), _silo.Join(Tribe));
        }

        await _silo.Settled(members);
        return members;
    }

    private async Task MakeGrant(CustomerKey customer)
    {
        await _silo.SetPreferences(customer, false, Support);
        var terms = new GrantTerms([new Purpose(Support)], FacetSet.All, SourceScope.None, null, null, GrantWhen.AnyTime, Owners: SourceOwners.Own);
        Assert.True((await _silo.Customer(customer).CreateGrant(new CreateGrant("g1", new TenantId("acme"), terms))).IsOk);
    }

    private async Task<GroupsContent> Look(CustomerKey customer)
    {
        var read = new ReadRequest(new TenantId("acme"), ActorRole.Person, new Purpose(Support), FacetSet.All, "call-1");
        var answer = await _silo.Customer(customer).Look(new LookRequest(read, "actor"));
        return answer.Value!.Parts.Select(part => part.Groups).OfType<GroupsContent>().Single();
    }

    private async Task<MoodHistory> History(CustomerKey customer)
    {
        var (read, now) = (new ReadRequest(new TenantId("acme"), ActorRole.Person, new Purpose(Support), FacetSet.All, "call-1"), _silo.Time.GetUtcNow());
        var look = new LookRequest(read, "actor") { History = new HistoryWindow(now.AddDays(-84), now.AddTicks(1)) };
        return (await _silo.Customer(customer).Look(look)).Value!.History!;
    }

    private static CustomerKey Person(int number) => new($"{number:x32}");
}
