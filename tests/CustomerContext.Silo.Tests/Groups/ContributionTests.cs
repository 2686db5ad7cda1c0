using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>What customers contribute reaches the groups that they said yes to, and nobody else; checked in the store.</summary>
public sealed class ContributionTests : IAsyncLifetime, IDisposable
{
    private const string Support = "service.support";
    private const string Tribe = "e-bikers";

    private readonly TempFolder _data = new();
    private GroupSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await GroupSilo.Start(_data.Path);

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Publish_FriendsByBoth_EachIsInTheOthersNetworkOnce()
    {
        var (one, other) = (Person(1), Person(2));
        await _silo.SetPreferences(one, false, Support);
        await _silo.SetPreferences(other, false, Support);
        await _silo.Publish(one, _silo.Answer(5), _silo.Tie(other));
        await _silo.Publish(other, _silo.Answer(1), _silo.Tie(one));
        await _silo.Settled(one, other);

        Assert.Equal(50, Assert.Single((await _silo.StoredNetwork(other, GroupKind.Friends, Support)).Members).Contribution.Score);
        Assert.Equal(-50, Assert.Single((await _silo.StoredNetwork(one, GroupKind.Friends, Support)).Members).Contribution.Score);
    }

    [Fact]
    public async Task Publish_OnlyOneSaysFriend_NothingIsTold()
    {
        var (one, other) = (Person(1), Person(2));
        await _silo.SetPreferences(one, false, Support);
        await _silo.SetPreferences(other, false, Support);
        await _silo.Publish(other, _silo.Answer(1));
        await _silo.Publish(one, _silo.Answer(5), _silo.Tie(other));
        await _silo.Settled(one, other);

        Assert.Empty((await _silo.StoredNetwork(other, GroupKind.Friends, Support)).Members);
        Assert.Empty((await _silo.StoredNetwork(one, GroupKind.Friends, Support)).Members);
        Assert.Equal(one, Assert.Single(await _silo.Customer(other).ListProposals()).Other);
    }

    [Fact]
    public async Task Publish_Follows_OnlyTheFollowerLearns()
    {
        var (fan, star) = (Person(1), Person(2));
        await _silo.SetPreferences(fan, false, Support);
        await _silo.SetPreferences(star, false, Support);
        await _silo.Publish(star, _silo.Answer(4));
        await _silo.Publish(fan, _silo.Tie(star, TieKind.Follows));
        await _silo.Settled(fan, star);

        Assert.Equal(25, Assert.Single((await _silo.StoredNetwork(fan, GroupKind.Followed, Support)).Members).Contribution.Score);
        Assert.Empty((await _silo.StoredTies(star)).Networks);
    }

    [Fact]
    public async Task Publish_FriendshipEnds_BothAreForgotten()
    {
        var (one, other) = (Person(1), Person(2));
        await Friends(one, other);
        _silo.Time.Advance(TimeSpan.FromSeconds(1));
        await _silo.Publish(one, _silo.Tie(other, change: TieChange.Ended));
        await _silo.Settled(one, other);

        Assert.Empty((await _silo.StoredNetwork(one, GroupKind.Friends, Support)).Members);
        Assert.Empty((await _silo.StoredNetwork(other, GroupKind.Friends, Support)).Members);
    }

    [Fact]
    public async Task SetPreferences_ContributeWithdrawn_GoneFromEveryStoreWhenItReturns()
    {
        var (one, other) = (Person(1), Person(2));
        await Friends(one, other);
        await _silo.Publish(one, _silo.Join(Tribe));
        await _silo.Settled(one, other);
        Assert.Single(await _silo.StoredTribe(Tribe, Support));

        await _silo.SetPreferences(one, false);

        Assert.Empty(await _silo.StoredTribe(Tribe, Support));
        Assert.Empty((await _silo.StoredNetwork(other, GroupKind.Friends, Support)).Members);
    }

    [Fact]
    public async Task SetPreferences_OnePurposeWithdrawn_OnlyThatGroupForgets()
    {
        var one = Person(1);
        await _silo.SetPreferences(one, true, Support, "service.complaint");
        await _silo.Publish(one, _silo.Answer(5), _silo.Join(Tribe));
        await _silo.Settled(one);
        Assert.Single(await _silo.StoredTribe(Tribe, "publish"));

        await _silo.SetPreferences(one, false, Support);

        Assert.Empty(await _silo.StoredTribe(Tribe, "service.complaint"));
        Assert.Empty(await _silo.StoredTribe(Tribe, "publish"));
        Assert.Single(await _silo.StoredTribe(Tribe, Support));
    }

    [Fact]
    public async Task PauseAll_AndResume_GoneWhenItReturnsAndBackAfter()
    {
        var one = Person(1);
        await _silo.SetPreferences(one, false, Support);
        await _silo.Publish(one, _silo.Answer(5), _silo.Join(Tribe));
        await _silo.Settled(one);

        await _silo.Customer(one).PauseAll(new("p1", Paused: true));
        Assert.Empty(await _silo.StoredTribe(Tribe, Support));

        await _silo.Customer(one).PauseAll(new("p2", Paused: false));
        await _silo.Settled(one);
        Assert.Equal(50, Assert.Single(await _silo.StoredTribe(Tribe, Support)).Contribution.Score);
    }

    [Fact]
    public async Task Erase_FriendFollowedAndMember_GoneFromEveryStoreWhenItReturns()
    {
        var (one, other, fan) = (Person(1), Person(2), Person(3));
        await Friends(one, other);
        await _silo.SetPreferences(fan, false, Support);
        await _silo.Publish(one, _silo.Join(Tribe));
        await _silo.Publish(fan, _silo.Tie(one, TieKind.Follows));
        await _silo.Settled(one, other, fan);
        Assert.Single((await _silo.StoredNetwork(fan, GroupKind.Followed, Support)).Members);
        Assert.NotEmpty(await _silo.StoredReminders(_silo.Customer(one)));

        await _silo.Customer(one).Erase([]);

        Assert.Empty(await _silo.StoredTribe(Tribe, Support));
        Assert.Empty((await _silo.StoredNetwork(other, GroupKind.Friends, Support)).Members);
        Assert.Empty((await _silo.StoredNetwork(fan, GroupKind.Followed, Support)).Members);
        Assert.Equal(TiesState.Empty, await _silo.StoredTies(one));
        Assert.Empty(await _silo.StoredReminders(_silo.Customer(one)));
        Assert.DoesNotContain((await _silo.StoredTies(other)).Ties, tie => tie.IsHeld);
    }

    [Fact]
    public async Task Publish_ScoreMoves_GroupsHoldTheLatestOnly()
    {
        var one = Person(1);
        await _silo.SetPreferences(one, false, Support);
        await _silo.Publish(one, _silo.Answer(5), _silo.Join(Tribe));

        // A write that is under way while the clock moves would be given up.
        await _silo.Settled(one);
        _silo.Time.Advance(TimeSpan.FromMinutes(1));
        await _silo.Publish(one, _silo.Answer(1));
        await _silo.Settled(one);

        Assert.Equal(-50, Assert.Single(await _silo.StoredTribe(Tribe, Support)).Contribution.Score);
    }

    [Fact]
    public async Task Pseudonyms_OfOneMember_DifferInEveryGroup()
    {
        var one = Person(1);
        await _silo.SetPreferences(one, true, Support);
        await _silo.Publish(one, _silo.Answer(5), _silo.Join(Tribe), _silo.Join("night-owls"));
        await _silo.Settled(one);

        var seen = new[] { await _silo.StoredTribe(Tribe, Support), await _silo.StoredTribe(Tribe, "publish"), await _silo.StoredTribe("night-owls", Support) };
        Assert.Equal(3, seen.Select(members => Assert.Single(members).Contribution.Pseudonym).Distinct().Count());
    }

    private async Task Friends(CustomerKey one, CustomerKey other)
    {
        await _silo.SetPreferences(one, false, Support);
        await _silo.SetPreferences(other, false, Support);
        await _silo.Publish(one, _silo.Answer(5), _silo.Tie(other));
        await _silo.Publish(other, _silo.Answer(1), _silo.Tie(one));
        await _silo.Settled(one, other);
        Assert.Single((await _silo.StoredNetwork(other, GroupKind.Friends, Support)).Members);
    }

    private static CustomerKey Person(int number) => new($"{number:x32}");
}
