using System.Collections.Frozen;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;
using CustomerContext.Domain.Tribes;
using CustomerContext.Grains;
using CustomerContext.Grains.Attention;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Identities;
using CustomerContext.Grains.Ledger;
using CustomerContext.Grains.Ties;
using CustomerContext.Grains.Tribes;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.Silo.Hosting;
using CustomerContext.Storage;
using CustomerContext.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Storage;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>A whole silo in this process on a folder of its own, with a clock that the test moves; what it keeps is read from its store, past the grains.</summary>
internal sealed class GroupSilo : IAsyncDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    private const int MostTries = 20;

    private readonly WebApplication _app;

    private readonly TimeProvider _clock;

    private GroupSilo(WebApplication app, TimeProvider clock) => (_app, _clock) = (app, clock);

    /// <summary>The clock, of a silo that was started with one that the test moves.</summary>
    public FakeTime Time => (FakeTime)_clock;

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    /// <summary>What is answered without the customers' grains.</summary>
    public ServedCustomers Served => _app.Services.GetRequiredService<ServedCustomers>();

    /// <summary>Whose identifiers are, without their grains.</summary>
    public ServedIdentities Identities => _app.Services.GetRequiredService<ServedIdentities>();

    /// <summary>What tribes have released, as this silo knows.</summary>
    public TribeReleases Releases => _app.Services.GetRequiredService<TribeReleases>();

    /// <summary>The store's ledger, past the grains.</summary>
    public ILedger Ledger => _app.Services.GetRequiredService<ILedger>();

    /// <summary>Why the store cannot be used now; absent if it can.</summary>
    public string? Trouble => _app.Services.GetRequiredService<StoreStatus>().Trouble;

    /// <summary>Where gRPC listens.</summary>
    public Uri Grpc => new(_app.Urls.First());

    /// <summary>Where HTTP/1.1 listens.</summary>
    public Uri Http => new(_app.Urls.Last());

    /// <summary>Who is reminded, past the grains.</summary>
    public IReminderTable Reminders => _app.Services.GetRequiredService<IReminderTable>();

    public GroupSecret Secret => _app.Services.GetRequiredService<GroupSecret>();

    /// <summary>A silo whose clock the test moves.</summary>
    public static Task<GroupSilo> Start(string folder) => Start(folder, new FakeTime(), _ => { });

    /// <summary>A silo that reads its stored state through <paramref name="held"/>.</summary>
    public static Task<GroupSilo> Start(string folder, FakeTime clock, HeldSlot held) => Start(folder, clock, held.Wrap);

    /// <summary>A silo with a calendar that jumps, for months: timers, which a moved clock would all fire on the way, run in real time.</summary>
    public static Task<GroupSilo> Start(string folder, JumpingTime calendar) => Start(folder, calendar, _ => { });

    /// <summary>A silo on a folder that another one left, in the same real time.</summary>
    public static Task<GroupSilo> StartInRealTime(string folder) => Start(folder, TimeProvider.System, _ => { });

    /// <summary>A silo on any clock, with <paramref name="change"/> made to its services and <paramref name="more"/> on its command line.</summary>
    public static async Task<GroupSilo> Start(string folder, TimeProvider clock, Action<IServiceCollection> change, params string[] more)
    {
        var app = SiloHost.Build(
            ["--data", folder, "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0", "--silo-port", FreePort.NextText(), "--development", .. more],
            services =>
            {
                MovedClock.On(services, clock);
                change(services);
            });
        await app.Services.StartStorageAsync();
        await app.StartAsync();

        // Away from the moments at which Orleans' own timers are due: a test that waits for a timer must not take one of them for its own.
        (clock as FakeTime)?.Advance(TimeSpan.FromMilliseconds(370));
        return new GroupSilo(app, clock);
    }

    public ICustomerGrain Customer(CustomerKey customer) => Grains.GetGrain<ICustomerGrain>(customer.Value);

    /// <summary>The customer of a development token.</summary>
    public async Task<CustomerKey> KeyOf(string email)
    {
        var caller = new CustomerCaller(DevelopmentKey.Issuer, email, email, null, FrozenSet<string>.Empty) { Until = DateTimeOffset.MaxValue };
        var customer = await _app.Services.GetRequiredService<CustomerSelf>().Find(caller);
        return new CustomerKey(customer!.GetPrimaryKeyString());
    }

    /// <summary>Says which purposes a customer contributes for, and that everything may be collected.</summary>
    public Task SetPreferences(CustomerKey customer, bool publish, params string[] contribute) => SetPreferences(customer, publish, mayBeContacted: false, contribute);

    /// <summary>The same, and whether they may be contacted.</summary>
    public async Task SetPreferences(CustomerKey customer, bool publish, bool mayBeContacted, params string[] contribute)
    {
        var preferences = new Preferences(
            SourceScope.Of([new TenantId("acme")], [SourceId.Customer]), [.. contribute.Select(name => new Purpose(name))], publish, false, true, false)
        {
            MayBeContacted = mayBeContacted,
        };
        Assert.Null((await Customer(customer).SetPreferences(new SetPreferences(NewId(), preferences))).Refusal);
    }

    /// <summary>Publishes signals of one customer; none may be refused.</summary>
    public Task Publish(CustomerKey customer, params Signal[] signals) => Publish(customer, [.. signals.Select(Scored)]);

    /// <summary>The same of signals that are scored already.</summary>
    public async Task Publish(CustomerKey customer, params ScoredSignal[] signals) => Assert.All(await Customer(customer).Publish([.. signals]), Assert.Null);

    /// <summary>Publishes signals of one customer; why some were refused.</summary>
    public async Task<IReadOnlyList<Refusal>> Refusals(CustomerKey customer, params Signal[] signals) =>
        [.. (await Customer(customer).Publish([.. signals.Select(Scored)])).OfType<Refusal>()];

    /// <summary>A turn of the customer's own in a conversation of its own, now or at <paramref name="at"/>; score and weight in thousandths.</summary>
    public ScoredSignal Turn(int? score, int weight, string[] topics, DateTimeOffset? at = null)
    {
        var id = NewId();
        var turn = new ConversationSignal
        {
            Id = id,
            Source = SourceId.Customer,
            OccurredAt = at ?? _clock.GetUtcNow(),
            ConversationId = id,
            Channel = "chat",
            Role = Role.Customer,
            State = ConversationState.Replied,
            Counterparties = [new Counterparty(Role.Agent)],
            Topics = [.. topics],
        };
        return new ScoredSignal(turn, score is { } known ? new Observation(known, weight, Provenance.Inferred) : null);
    }

    /// <summary>A survey answer of 1 to 5.</summary>
    public SurveySignal Answer(int answer, string topic = "router") => new SurveySignal
    {
        Id = NewId(),
        Source = SourceId.Customer,
        OccurredAt = _clock.GetUtcNow(),
        Question = "csat",
        Answer = answer,
        ScaleMinimum = 1,
        ScaleMaximum = 5,
        Topics = [topic],
    };

    public Signal Tie(CustomerKey other, TieKind kind = TieKind.Friend, TieChange change = TieChange.Began) => new RelationshipSignal
    {
        Id = NewId(),
        Source = SourceId.Customer,
        OccurredAt = _clock.GetUtcNow(),
        Other = other,
        Kind = kind,
        Change = change,
    };

    public Signal Join(string tribe, TieChange change = TieChange.Began) => new MembershipSignal
    {
        Id = NewId(),
        Source = SourceId.Customer,
        OccurredAt = _clock.GetUtcNow(),
        Tribe = new TribeId(tribe),
        Change = change,
    };

    /// <summary>What is stored of the people around a customer.</summary>
    public async Task<TiesState> StoredTies(CustomerKey customer) => await Read(StoreNames.Ties, Customer(customer), TiesState.Empty);

    /// <summary>What is stored of the members of a customer's network.</summary>
    public async Task<GroupMembers> StoredNetwork(CustomerKey customer, GroupKind kind, string purpose) =>
        await StoredAround(customer, kind, purpose) is { } network ? network.Members : GroupMembers.Empty;

    /// <summary>What is stored of its last release; absent if nothing is shown.</summary>
    public async Task<NetworkMood?> StoredMood(CustomerKey customer, GroupKind kind, string purpose) => (await StoredAround(customer, kind, purpose))?.Releases.Mood;

    /// <summary>What is stored of a company's list of contacts.</summary>
    public async Task<Contacts> StoredContacts(string tenant) => await Read(StoreNames.Contacts, Grains.GetGrain<IContactsGrain>(tenant), Contacts.Nobody);

    /// <summary>What is stored of a tribe's members, all shards together.</summary>
    public async Task<IReadOnlyList<GroupMember>> StoredTribe(string tribe, string audience) =>
        [.. (await StoredShards(GroupId.Tribe(tribe, new Audience(audience)))).SelectMany(members => members.Members)];

    /// <summary>What they add up to.</summary>
    public async Task<GroupSums> StoredSums(GroupId tribe, DateTimeOffset now) =>
        (await StoredShards(tribe)).Aggregate(GroupSums.Zero, (sums, members) => sums + GroupSums.Of(members, now));

    /// <summary>When the reminders that are kept for a grain come first.</summary>
    public async Task<IReadOnlyList<DateTime>> StoredReminders(IGrainWithStringKey grain) =>
        [.. (await _app.Services.GetRequiredService<IReminderTable>().ReadRows(grain.GetGrainId())).Reminders.Select(row => row.StartAt)];

    /// <summary>Done when nobody of these has anything left to tell. Looked at twice: the one looked at last may have told the first something meanwhile.</summary>
    public Task Settled(params CustomerKey[] customers) => Nothing(async () =>
    {
        foreach (var customer in customers.Concat(customers))
        {
            var ties = await StoredTies(customer);
            var followers = await Followers(customer, ties);
            if (IsPending(ties) || followers.Any(list => !list.Pending.IsEmpty))
            {
                return $"{customer}: {ties.Outbox}, places {string.Join(", ", ties.Outbox.Placements.Where(place => place.IsPending))}, "
                    + $"ties {string.Join(", ", ties.Ties.Where(tie => tie.IsPending))}, followers {string.Join(", ", followers.Select(list => list.Pending.Length))}";
            }
        }

        return null;
    });

    /// <summary>Done when a customer has nothing left to tell, though those who pass it on may have.</summary>
    public Task HandedOver(CustomerKey customer) => Nothing(async () => IsPending(await StoredTies(customer)) ? customer.Value : null);

    /// <summary>What a customer's daily reminder does.</summary>
    public Task Remind(CustomerKey customer) => Customer(customer).AsReference<IRemindable>().ReceiveReminder("ties", default);

    /// <summary>What a tribe's reminder does.</summary>
    public Task Remind(GroupId tribe) => Grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(tribe)).AsReference<IRemindable>().ReceiveReminder("release", default);

    /// <summary>Done when <paramref name="left"/> finds nothing. What is told among grains takes a moment, and who looks without a pause takes it from them.</summary>
    private static async Task Nothing(Func<Task<string?>> left)
    {
        using var tooLong = new CancellationTokenSource(_longest);
        using var looks = new PeriodicTimer(_pause);
        while (await left() is { } found)
        {
            Assert.False(tooLong.IsCancellationRequested, $"Not settled within {_longest}: {found}");
            await looks.WaitForNextTickAsync();
        }
    }

    private static bool IsPending(TiesState ties) => ties.Outbox.IsPending || ties.Ties.Any(tie => tie.IsPending);

    /// <summary>Again while the store of a busy machine does not answer in time, as callers do.</summary>
    public static async Task Surely(Func<Task> call)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await call();
                return;
            }
            catch (Exception error) when (tries < MostTries && error is LedgerUnavailableException or StateUnavailableException)
            {
                // Not answered: done again.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static string NewId() => Guid.CreateVersion7().ToString();

    private async Task<IReadOnlyList<FollowerList>> Followers(CustomerKey customer, TiesState ties)
    {
        var lists = new List<FollowerList>();
        for (var shard = 0; shard < ties.Outbox.Followers.Shards; shard++)
        {
            var grain = Grains.GetGrain<IFollowerShardGrain>(FollowerShards.KeyOf(customer, shard));
            lists.Add(await Read(StoreNames.Followers, grain, FollowerList.Empty));
        }

        return lists;
    }

    private async Task<Network?> StoredAround(CustomerKey customer, GroupKind kind, string purpose) =>
        (await StoredTies(customer)).Networks.FirstOrDefault(network => network.Kind == kind && network.Audience.Value == purpose);

    private async Task<IReadOnlyList<GroupMembers>> StoredShards(GroupId tribe)
    {
        var state = await Read(StoreNames.Tribe, Grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(tribe)), TribeState.Empty);
        var shards = new List<GroupMembers>();
        for (var shard = 0; shard < state.Shards; shard++)
        {
            shards.Add((await Read(StoreNames.TribeShard, Grains.GetGrain<ITribeShardGrain>(TribeKeys.Shard(tribe, shard)), TribeShardState.Empty)).Members);
        }

        return shards;
    }

    private async Task<T> Read<T>(string slot, IGrainWithStringKey grain, T empty)
    {
        var state = new GrainState<T>();
        await _app.Services.GetRequiredKeyedService<IGrainStorage>(StoreNames.Store).ReadStateAsync(slot, grain.GetGrainId(), state);
        return state.RecordExists ? state.State! : empty;
    }

    private static ScoredSignal Scored(Signal signal) => new(signal, signal is SurveySignal survey ? Observed(survey) : null);

    private static Observation Observed(SurveySignal survey) =>
        new((int)((((survey.Answer - survey.ScaleMinimum) / (survey.ScaleMaximum - survey.ScaleMinimum) * 2) - 1) * 1_000), 1_000, Provenance.Declared);
}
