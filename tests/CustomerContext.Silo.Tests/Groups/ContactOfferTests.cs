using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains.Attention;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Tribes;
using CustomerContext.Silo.Tests.Background;
using CustomerContext.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using Orleans;
using Orleans.Core.Internal;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>A question waits, and a tribe of a hundred listens to somebody who may be contacted: who claims it is told of them as long as they allow it.</summary>
public sealed class ContactOfferTests : IAsyncLifetime, IDisposable
{
    private const string Support = "service.support";
    private const string Tribe = "e-bikers";
    private const int Members = 110;
    private const int Accepting = 15;

    private static readonly CustomerKey _asks = Person(1);
    private static readonly CustomerKey _voice = Person(100);

    private readonly TempFolder _data = new();
    private readonly FailingLedger _ledger = new();
    private GroupSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await GroupSilo.Start(_data.Path, new FakeTime(), _ledger.Wrap);
        var members = Enumerable.Range(100, Members).Select(Person).ToArray();
        foreach (var member in members)
        {
            await _silo.SetPreferences(member, false, Support);
            await _silo.Publish(member, _silo.Answer(3), _silo.Join(Tribe));
        }

        await _silo.Settled(members);
        await MakeGrant(_voice, mayBeContacted: true);
        await _silo.Publish(_voice, [.. members[1..][..Accepting].Select(Accepted)]);
        await _silo.Settled(_voice);
        var group = GroupId.Tribe(Tribe, new Audience(Support));
        _silo.Time.AdvanceTo(ReleaseClock.Next(_silo.Secret.ReleaseMinute(group), Cadence.Daily, _silo.Time.GetUtcNow()) + TimeSpan.FromDays(1));
        await _silo.Grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(group)).Finish(1);
        await _silo.Remind(_voice);
        await MakeGrant(_asks);
        await _silo.Publish(_asks, new ConversationSignal
        {
            Id = "q",
            Source = new SourceId("acme/crm"),
            OccurredAt = _silo.Time.GetUtcNow(),
            ConversationId = "q",
            Channel = "forum",
            Role = Role.Customer,
            State = ConversationState.Opened,
            Topics = ["router"],
        });
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task ClaimWork_OfAQuestionThatAVoiceCouldAnswer_NamesWhoMayBeContactedUntilTheyTakeItBack()
    {
        var before = await Records(_voice);
        var person = Assert.Single((await Claim()).People);
        Assert.Equal(("router", V1.Standing.LeadingVoice), (person.Topic, person.Standing));
        Assert.Equal(before + 1, await Records(_voice));

        // It says nothing of whose question it was, and no call of theirs is opened by it.
        Assert.Null(DisclosureRecord.FromBytes((await _silo.Ledger.ListAsync(_voice, long.MaxValue, 1))[0].Payload.AsSpan()).Interaction);
        Assert.Empty((await _silo.Ledger.ReadAgainAsync(_voice))!.Consent.Calls);

        // Who has the work already is told no more names.
        Assert.Empty((await Claim()).People);
        Assert.Equal(before + 1, await Records(_voice));

        // For another purpose nothing is said, and whoever may be contacted stays on the list.
        await IsNotOffered(_voice, "service.complaint");
        Assert.Equal([_voice], await Listed());

        await MakeGrant(_voice, mayBeContacted: false);
        Assert.Empty(await Listed());
        await IsNotOffered(_voice);
        await MakeGrant(_voice, mayBeContacted: true);
        Assert.Equal([_voice], await Listed());

        await Anew(_voice);
        Assert.True((await _silo.Customer(_voice).PauseAll(new PauseAll("p1", true))).IsOk);
        Assert.Empty(await Listed());
        await IsNotOffered(_voice);
        Assert.True((await _silo.Customer(_voice).PauseAll(new PauseAll("p2", false))).IsOk);
        Assert.Equal([_voice], await Listed());

        await Anew(_voice);
        var grant = Assert.Single((await _silo.Customer(_voice).GetConsent()).Grants);
        Assert.True((await _silo.Customer(_voice).RevokeGrant(new RevokeGrant("r1", grant.Id))).IsOk);
        Assert.Empty(await Listed());
        await IsNotOffered(_voice);

        // A list that missed an end hears of it when it asks.
        var contacts = _silo.Grains.GetGrain<IContactsGrain>("acme");
        await contacts.Put(new Contact(_voice, [new ContactTopic("router", 900)]));
        await IsNotOffered(_voice);
        Assert.Empty(await Listed());

        // An erasure takes them off every list of a company that had a grant, an ended one too.
        await contacts.Put(new Contact(_voice, [new ContactTopic("router", 900)]));
        await _silo.Customer(_voice).Erase([]);
        Assert.Empty(await Listed());
    }

    [Fact]
    public async Task ClaimWork_TheRecordIsBeingWrittenWhenTheTimeIsUp_TheyAreNamedAsTheRecordSays()
    {
        var before = await Records(_voice);
        var (reached, release) = HoldAppends();

        var (asked, claim) = (_silo.Time.GetUtcNow(), Claim());
        await reached;
        _silo.Time.AdvanceTo(asked + Limits.Attention.AskContacts);
        release();

        Assert.Single((await claim).People);
        Assert.Equal(before + 1, await Records(_voice));
    }

    [Fact]
    public async Task ClaimWork_AnotherAppendIsUnderWayOnceTheirsIsWritten_IsAnsweredWithThemBeforeThat()
    {
        var (reached, release) = HoldAppends();
        var claim = Claim();
        await reached;
        var other = _silo.Customer(_voice).Look(new LookRequest(Read(Support) with { Facets = FacetSet.Of(Facet.Influence) }, "another"));
        var (next, goOn) = HoldAppends();
        release();
        await next;

        Assert.Single((await claim.WaitAsync(TimeSpan.FromSeconds(20))).People);
        goOn();
        Assert.True((await other).IsOk);
    }

    [Fact]
    public async Task ClaimWork_RepeatedRequest_NamesAgain()
    {
        var before = await Records(_voice);
        Assert.Single((await Claim("r1")).People);
        Assert.Single((await Claim("r1")).People);
        Assert.Equal(before + 2, await Records(_voice));
        Assert.Empty((await Claim("r2")).People);
    }

    [Fact]
    public async Task ClaimWork_ItsCallerWaitsNoLongerThanForTheAnswer_AsksNobody()
    {
        var before = await Records(_voice);
        var look = new LookRequest(Read(Support), "actor");
        var parts = WorkIds.QueuesOf(new TenantId("acme")).Select(key => _silo.Grains.GetGrain<IWorkQueueGrain>(key)).ToArray();
        var works = await Task.WhenAll(parts.Select(part => part.List(new WorkFilter(new Purpose(Support), [], null), null, 1)));
        var at = Array.FindIndex(works, part => part.Length > 0);

        var claimed = await parts[at].Claim(new WorkCommand("r1", works[at][0].Id, "actor", null), _silo.Time.GetUtcNow().AddMinutes(1), look, Limits.Attention.ContactAnswers);

        Assert.Empty(claimed.Value!.People);
        Assert.Equal(before, await Records(_voice));
    }

    [Fact]
    public async Task ClaimWork_TheyHaveNotDecidedWhenTheTimeIsUp_IsAnsweredWithoutThemAndNothingIsOnRecord()
    {
        var before = await Records(_voice);
        var (reached, release) = HoldAppends();
        var other = _silo.Customer(_voice).Look(new LookRequest(Read(Support) with { Facets = FacetSet.Of(Facet.Influence) }, "another"));
        await reached;

        var (asked, claim) = (_silo.Time.GetUtcNow(), Claim());
        await _silo.Time.TimerDueAt(asked + Limits.Attention.AskContacts + Limits.Attention.ContactAnswers);

        // What they are asked is with them, since this came later.
        await _silo.Customer(_voice).StayInMemory();
        _silo.Time.AdvanceTo(asked + Limits.Attention.AskContacts + Limits.Attention.ContactAnswers);
        Assert.Empty((await claim).People);

        // What was asked goes on when the store does, and is over before the grain comes into memory anew.
        release();
        Assert.True((await other).IsOk);
        await Anew(_voice);
        await _silo.Customer(_voice).GetConsent();
        Assert.Equal(before + 1, await Records(_voice));
    }

    /// <summary>Holds what is appended to the voice's ledger: done once something is, and what lets all of it go on.</summary>
    private (Task Reached, Action Release) HoldAppends()
    {
        var (reached, released) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _ledger.BeforeAppend = customer =>
        {
            if (customer != _voice)
            {
                return Task.CompletedTask;
            }

            reached.TrySetResult();
            return released.Task;
        };
        return (reached.Task, released.SetResult);
    }

    /// <summary>Nothing is said to the company, and no look is on their record.</summary>
    private async Task IsNotOffered(CustomerKey customer, string purpose = Support)
    {
        var before = await Records(customer);
        Assert.Equal(default, await _silo.Customer(customer).OfferContact(new LookRequest(Read(purpose), "actor"), ["router"]));
        Assert.Equal(before, await Records(customer));
    }

    private async Task<IEnumerable<CustomerKey>> Listed() => (await _silo.StoredContacts("acme")).All.Select(contact => contact.Customer);

    /// <summary>The customer's grain comes into memory anew with the next call.</summary>
    private Task Anew(CustomerKey customer) => _silo.Customer(customer).AsReference<IGrainManagementExtension>().DeactivateOnIdle().AsTask();

    private Signal Accepted(CustomerKey giver) => new ReputationSignal
    {
        Id = $"accepted {giver}",
        Source = new SourceId("acme/crm"),
        OccurredAt = _silo.Time.GetUtcNow().AddMinutes(-1),
        Kind = ReputationKind.AcceptedAnswer,
        Topic = "router",
        Giver = giver,
    };

    private async Task<int> Records(CustomerKey customer) => (await _silo.Ledger.ListAsync(customer, long.MaxValue, 100)).Length;

    /// <summary>An agent claims the only work there is.</summary>
    private async Task<V1.ClaimWorkResponse> Claim(string? request = null)
    {
        using var channel = GrpcChannel.ForAddress(_silo.Grpc);
        var claims = new Dictionary<string, object>(DevTokens.Actor("acme", "ada", scope: "attention.work")) { ["exp"] = _silo.Time.GetUtcNow().AddYears(1).ToUnixTimeSeconds() };
        var headers = new Metadata { { "authorization", $"Bearer {DevTokens.In(_data.Path).Sign(claims)}" } };
        var attention = new V1.AttentionService.AttentionServiceClient(channel);
        var work = Assert.Single((await attention.ListWorkAsync(new V1.ListWorkRequest { Purpose = Support }, headers)).Works);
        return await attention.ClaimWorkAsync(new V1.ClaimWorkRequest { RequestId = request ?? Guid.CreateVersion7().ToString(), WorkId = work.WorkId, Purpose = Support, InteractionId = "shift-1" }, headers);
    }

    private async Task MakeGrant(CustomerKey customer, bool mayBeContacted = false)
    {
        await _silo.SetPreferences(customer, false, mayBeContacted, Support);
        var terms = new GrantTerms([new Purpose(Support)], FacetSet.All, SourceScope.None, null, null, GrantWhen.AnyTime, Owners: SourceOwners.Own);
        Assert.True((await _silo.Customer(customer).CreateGrant(new CreateGrant("g1", new TenantId("acme"), terms))).IsOk);
    }

    private static ReadRequest Read(string purpose) => new(new TenantId("acme"), ActorRole.Person, new Purpose(purpose), FacetSet.Of(Facet.Attention), "shift-1");

    private static CustomerKey Person(int number) => new($"{number:x32}");
}
