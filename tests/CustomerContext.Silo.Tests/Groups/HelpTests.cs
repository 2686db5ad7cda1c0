using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Tribes;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>What customers who said yes read becomes HELP of others, at the company's release time and not before; taking the yes back takes the voice out at once.</summary>
public sealed class HelpTests : IAsyncLifetime, IDisposable
{
    private const string Reset = "https://help.example.org/reset";
    private const string Support = "service.support";

    private static readonly TenantId _acme = new("acme");
    private static readonly GroupId _group = GroupId.Readers(_acme);

    private readonly TempFolder _data = new();
    private GroupSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await GroupSilo.Start(_data.Path);

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Look_ManyWereHelped_ShownFromTheReleaseOnAndGoneAfterErasureAndWithdrawal()
    {
        var readers = Enumerable.Range(100, 75).Select(Person).ToArray();
        var silent = Person(1);
        foreach (var reader in readers.Append(silent))
        {
            await Say(reader, contributes: reader != silent);
            await Read(reader);
        }

        await _silo.Settled(readers);
        Assert.Equal(75, (await Readers()).All.Members);
        Assert.Empty((await Help(silent)).Pages);

        await Release(1);
        var page = Assert.Single((await Help(silent)).Pages);
        Assert.Equal((new HelpedWith("router", Reset), HelpBasis.SameTopic), (page.Page.With, page.Basis));
        Assert.InRange(page.Page.Size, SizeBand.From25, SizeBand.From50);
        Assert.Equal(HelpBasis.Popular, Assert.Single((await Help(silent, Facet.Help)).Pages).Basis);

        foreach (var reader in readers[..50])
        {
            await Say(reader, contributes: false);
        }

        await _silo.Customer(readers[50]).Erase([]);
        Assert.Equal(Limits.Help.Least - 1, (await Readers()).All.Members);
        Assert.Empty((await _silo.StoredTies(readers[0])).Outbox.Readings);
        await Release(2);
        Assert.Empty((await Help(silent)).Pages);
    }

    [Fact]
    public async Task Publish_DidNotHelp_TakesTheVoiceOut()
    {
        var reader = Person(1);
        await Say(reader, contributes: true);
        await Read(reader, secondsAgo: 2);
        await _silo.Settled(reader);
        Assert.Equal(1, (await Readers()).All.Members);

        await Read(reader, BehaviourAction.DidNotHelp, SourceId.Customer, secondsAgo: 1);
        await _silo.Settled(reader);
        Assert.Equal(0, (await Readers()).All.Members);

        await Read(reader, BehaviourAction.Helped, SourceId.Customer);
        await _silo.Settled(reader);
        Assert.Equal(1, (await Readers()).All.Members);
    }

    private Task<GroupSums> Readers() => _silo.StoredSums(_group, _silo.Time.GetUtcNow());

    private async Task Release(long round)
    {
        _silo.Time.AdvanceTo(ReleaseClock.Next(_silo.Secret.ReleaseMinute(_group), Cadence.Daily, _silo.Time.GetUtcNow()));
        await _silo.Grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(_group)).Finish(round);
    }

    private async Task Say(CustomerKey customer, bool contributes)
    {
        var preferences = Preferences.Off with { OfAge = true, Collect = SourceScope.Of([_acme], [SourceId.Customer]), ContributeReading = contributes };
        await GroupSilo.Surely(async () => Assert.Null((await _silo.Customer(customer).SetPreferences(new SetPreferences(Guid.CreateVersion7().ToString(), preferences))).Refusal));
    }

    private Task Read(CustomerKey customer, BehaviourAction action = BehaviourAction.Dwell, SourceId? source = null, int secondsAgo = 0) => _silo.Publish(customer, new BehaviourSignal
    {
        Id = Guid.CreateVersion7().ToString(),
        Source = source ?? new SourceId("acme/web"),
        OccurredAt = _silo.Time.GetUtcNow().AddSeconds(-secondsAgo),
        Resource = Reset,
        Action = action,
        Topics = ["router"],
        Page = new KeptPage(_acme, Reset),
    });

    private async Task<HelpContent> Help(CustomerKey customer, params Facet[] facets)
    {
        var terms = new GrantTerms([new Purpose(Support)], FacetSet.All, SourceScope.None, null, null, GrantWhen.AnyTime, Owners: SourceOwners.Own);
        Assert.True((await _silo.Customer(customer).CreateGrant(new CreateGrant("g1", _acme, terms))).IsOk);
        var read = new ReadRequest(_acme, ActorRole.Person, new Purpose(Support), facets.Length == 0 ? FacetSet.All : FacetSet.Of(facets), "call-1");
        var answer = (await _silo.Customer(customer).Look(new LookRequest(read, "actor"))).Value!;
        return answer.Parts.Select(part => part.Groups).OfType<GroupsContent>().Single().Help;
    }

    private static CustomerKey Person(int number) => new($"{number:x32}");
}
