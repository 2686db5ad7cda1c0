using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains;
using CustomerContext.Grains.Customers;
using CustomerContext.Testing;
using Orleans.Runtime;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>A tribe that cannot be reached takes nothing from a look but what is the tribe's, and nothing is on record that was not shown.</summary>
public sealed class UnreachableTests : IAsyncLifetime, IDisposable
{
    private const string Support = "service.support";

    private static readonly CustomerKey _me = new($"{1:x32}");
    private static readonly CustomerKey _stranger = new($"{2:x32}");

    /// <summary>Tribes and the readers of a company are groups of one kind, in one slot of the store.</summary>
    private static readonly FacetSet _lost = FacetSet.Of(Facet.Tribes, Facet.Influence, Facet.Help);

    private readonly TempFolder _data = new();
    private readonly HeldSlot _held = new(StoreNames.Tribe);
    private GroupSilo _silo = null!;

    /// <summary>A member of a tribe, on a silo that has not heard of the tribe since it started.</summary>
    public async Task InitializeAsync()
    {
        var before = await GroupSilo.Start(_data.Path);
        foreach (var customer in (CustomerKey[])[_me, _stranger])
        {
            await before.SetPreferences(customer, false, Support);
            await before.Publish(customer, before.Answer(5), before.Join("e-bikers"));
        }

        var terms = new GrantTerms([new Purpose(Support)], FacetSet.All, SourceScope.None, null, null, GrantWhen.AnyTime, Owners: SourceOwners.Own);
        Assert.True((await before.Customer(_me).CreateGrant(new CreateGrant("g1", new TenantId("acme"), terms))).IsOk);
        await before.Settled(_me, _stranger);
        var clock = new FakeTime(before.Time.GetUtcNow());
        await before.DisposeAsync();
        _silo = await GroupSilo.Start(_data.Path, clock, _held);
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Look_TheTribesStoreFails_TheRestIsShownAndOnRecord()
    {
        _held.Instead = _ => throw new OrleansException("no answer");

        var answer = (await Look(FacetSet.All)).Value!;

        Assert.Equal(FacetSet.All.Except(_lost), Shown(answer));
        Assert.Equal(_lost.Each(), answer.Withheld.Where(one => one.Reason == WithheldReason.Unreachable).Select(one => one.Facet));
        Assert.Equal(FacetSet.All.Except(_lost), Facets(await LastRecord()));

        _held.Instead = null;
        Assert.Equal(FacetSet.All, Shown((await Look(FacetSet.All)).Value!));
        Assert.Equal(FacetSet.All, Facets(await LastRecord()));
    }

    [Fact]
    public async Task Look_OnlyWhatCannotBeReached_UnavailableAndNotOnRecord()
    {
        _held.Instead = _ => throw new OrleansException("no answer");
        var before = await LastRecord();

        Assert.Equal(RefusalReason.Unavailable, (await Look(_lost)).Refusal!.Reason);

        Assert.Equal(before.At, (await LastRecord()).At);
        Assert.NotNull((await LastRecord()).Change);
    }

    [Fact]
    public async Task Look_TheTribesStoreIsSilent_AnsweredWhenTheTimeIsUp()
    {
        var never = new TaskCompletionSource();
        _held.Instead = _ => never.Task;
        var asked = _silo.Time.GetUtcNow();
        var look = Look(FacetSet.All);
        await _silo.Time.TimerDueAt(asked + Limits.Groups.AskTribes);
        Assert.False(look.IsCompleted);

        _silo.Time.Advance(Limits.Groups.AskTribes);

        Assert.Equal(FacetSet.All.Except(_lost), Shown((await look).Value!));
        never.SetResult();
    }

    [Fact]
    public async Task Look_NotGrantedAndTheStoreIsSilent_RefusedWithoutAskingTheTribe()
    {
        var isAsked = false;
        _held.Instead = _ =>
        {
            isAsked = true;
            return Task.CompletedTask;
        };

        var refused = await _silo.Customer(_stranger).Look(Request(FacetSet.All));

        Assert.Equal(RefusalReason.ConsentRequired, refused.Refusal!.Reason);
        Assert.False(isAsked);
    }

    [Fact]
    public async Task Watch_TheTribeComesBack_ShownThen()
    {
        _held.Instead = _ => throw new OrleansException("no answer");
        var watch = (await _silo.Customer(_me).OpenWatch(new WatchRequest(Request(FacetSet.All), _silo.Time.GetUtcNow().AddHours(1)))).Value!;
        Assert.Equal(FacetSet.All.Except(_lost), Shown((await _silo.Customer(_me).NextStep(watch)).Frame!));

        // While reads fail before they begin, nothing but the watch waits for that moment: a read that begins may take as long.
        var next = _silo.Customer(_me).NextStep(watch);
        await _silo.Time.TimerDueAt(_silo.Time.GetUtcNow() + Limits.Groups.AskAgain);
        Assert.False(next.IsCompleted);
        _held.Instead = null;
        _silo.Time.Advance(Limits.Groups.AskAgain);

        Assert.Equal(FacetSet.All, Shown((await next).Frame!));
    }

    private Task<Outcome<LookAnswer>> Look(FacetSet facets) => _silo.Customer(_me).Look(Request(facets));

    private static LookRequest Request(FacetSet facets) =>
        new(new ReadRequest(new TenantId("acme"), ActorRole.Person, new Purpose(Support), facets, "call-1"), "actor");

    private static FacetSet Shown(LookAnswer answer) => answer.Parts.Aggregate(FacetSet.None, (all, part) => all.Union(part.Facets));

    private static FacetSet Facets(DisclosureRecord record) => record.Slices.Aggregate(FacetSet.None, (all, slice) => all.Union(slice.Facets));

    private async Task<DisclosureRecord> LastRecord() =>
        DisclosureRecord.FromBytes((await _silo.Customer(_me).ListRecords(long.MaxValue, 1))[0].Payload.AsSpan());
}
