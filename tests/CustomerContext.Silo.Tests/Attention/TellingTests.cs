using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains.Attention;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Housekeeping;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace CustomerContext.Silo.Tests.Attention;

/// <summary>Queues that cannot be told, or are full, or are told in another order: nothing that waits is lost, and nothing that was taken back stays.</summary>
public sealed class TellingTests : IDisposable
{
    private static readonly TenantId _acme = new("acme");
    private static readonly TenantId _globex = new("globex");
    private static readonly Purpose _support = new("service.support");
    private static readonly CustomerKey _customer = new($"{1:x32}");
    private static readonly CustomerKey _other = new($"{2:x32}");

    private readonly TempFolder _data = new();
    private readonly BrokenPuts _broken = new();
    private readonly JumpingTime _calendar = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task RevokeGrant_AnotherCompanysQueueIsNotThere_IsDoneAndOnlyTheOtherIsToldAgain()
    {
        await using var silo = await Start();
        var grants = await Granted(silo, _acme, _globex);
        await Ask(silo, _acme, "q");
        await Ask(silo, _globex, "q");
        _broken.Queue = "globex/";

        Assert.True((await silo.Customer(_customer).RevokeGrant(new RevokeGrant("r1", grants[_acme]))).IsOk);
        Assert.Equal((0, 1), (await Works(silo, _acme), await Works(silo, _globex)));
        await Assert.ThrowsAsync<StateUnavailableException>(() => silo.Customer(_customer).PauseAll(new PauseAll("pause", true)));

        _broken.Queue = null;
        _broken.Told.Clear();
        Assert.True((await silo.Customer(_customer).PauseAll(new PauseAll("pause", true))).IsOk);
        Assert.All(_broken.Told, queue => Assert.StartsWith("globex/", queue, StringComparison.Ordinal));
        Assert.Equal((0, 0), (await Works(silo, _acme), await Works(silo, _globex)));
    }

    [Fact]
    public async Task RevokeGrant_TheSiloIsLostBeforeTheQueueIsTold_IsGoneAMinuteLaterWithNobodyLooking()
    {
        await using (var lost = await Start())
        {
            var grants = await Granted(lost, _acme);
            await Ask(lost, _acme, "q");
            _broken.Queue = "acme/";
            await Assert.ThrowsAsync<StateUnavailableException>(() => lost.Customer(_customer).RevokeGrant(new RevokeGrant("r", grants[_acme])));
        }

        _broken.Queue = null;
        await using var silo = await Start();
        Assert.Equal(1, await Works(silo, _acme));

        await Housekeep(silo, Limits.Attention.ToldLater);

        Assert.Equal(0, await Works(silo, _acme));
    }

    [Fact]
    public async Task Publish_ThePartOfTheQueueIsFull_ComesInOnceThereIsRoom()
    {
        await using var silo = await Start();
        await Granted(silo, _acme);
        await Ask(silo, _acme, "first");
        var part = await PartWithWork(silo);
        await part.Put(_other, 1, [.. Enumerable.Range(0, 1 + (Limits.Attention.PartBytes / WorkRules.SizeOf(Foreign(0)))).Select(Foreign)], isBySignals: true);

        await Ask(silo, _acme, "second");
        Assert.Single(await Of(part, _customer));
        await Housekeep(silo, Limits.Attention.FullRetry);
        Assert.Single(await Of(part, _customer));

        await part.Put(_other, 2, [], isBySignals: true);
        await Housekeep(silo, Limits.Attention.FullRetry);
        Assert.Equal(2, (await Of(part, _customer)).Length);
    }

    [Fact]
    public async Task Put_BehindALaterOne_ChangesNothing()
    {
        await using var silo = await Start();
        var part = silo.Grains.GetGrain<IWorkQueueGrain>(WorkIds.QueuesOf(_acme).First());

        await part.Put(_other, 5, [Foreign(1)], isBySignals: true);
        await part.Put(_other, 4, [], isBySignals: true);
        Assert.Single(await Of(part, _other));

        await part.Put(_other, 6, [], isBySignals: true);
        Assert.True(await part.Put(_other, 5, [Foreign(1)], isBySignals: true));
        Assert.Empty(await Of(part, _other));
    }

    private Task<GroupSilo> Start() => GroupSilo.Start(_data.Path, _calendar, services => services.AddSingleton<IIncomingGrainCallFilter>(_broken));

    /// <summary>A customer who collects from these companies and grants each ATTENTION.</summary>
    private static async Task<Dictionary<TenantId, GrantId>> Granted(GroupSilo silo, params TenantId[] tenants)
    {
        var customer = silo.Customer(_customer);
        await customer.SetPreferences(new SetPreferences("p", Preferences.Off with { OfAge = true, Collect = SourceScope.Of([.. tenants], []) }));
        var grants = new Dictionary<TenantId, GrantId>();
        foreach (var tenant in tenants)
        {
            var terms = new GrantTerms([_support], FacetSet.Of(Facet.Attention), SourceScope.None, null, null, GrantWhen.AnyTime, IncludeEarlier: true);
            grants[tenant] = (await customer.CreateGrant(new CreateGrant($"g {tenant.Value}", tenant, terms))).Value!.Grant!.Id;
        }

        return grants;
    }

    private Task Ask(GroupSilo silo, TenantId tenant, string conversation)
    {
        var question = new ConversationSignal
        {
            Id = $"{conversation} {tenant.Value}",
            Source = SourceId.Of(tenant, "chat"),
            OccurredAt = _calendar.GetUtcNow(),
            ConversationId = conversation,
            Channel = "chat",
            Role = Role.Customer,
            State = ConversationState.Opened,
        };
        return silo.Publish(_customer, new ScoredSignal(question, null));
    }

    private async Task Housekeep(GroupSilo silo, TimeSpan later)
    {
        _calendar.Jump(later);
        await silo.Grains.GetGrain<IHousekeepingGrain>(IHousekeepingGrain.Key).ReceiveReminder("every minute", default);
    }

    /// <summary>Work of somebody else's, who asked long enough ago to stand first.</summary>
    private Work Foreign(int number) => new(
        $"{number:x32}", _other, AttentionKind.Question, "chat", _calendar.GetUtcNow().AddHours(-1), null, [new GrantedPurpose(_support, _calendar.GetUtcNow().AddDays(9))]);

    private static async Task<int> Works(GroupSilo silo, TenantId tenant) =>
        (await Task.WhenAll(Parts(silo, tenant).Select(List))).Sum(works => works.Length);

    private static async Task<IWorkQueueGrain> PartWithWork(GroupSilo silo)
    {
        var parts = await Task.WhenAll(Parts(silo, _acme).Select(async part => (Part: part, Works: await List(part))));
        return parts.Single(part => part.Works.Length > 0).Part;
    }

    private static async Task<Work[]> Of(IWorkQueueGrain part, CustomerKey customer) => [.. (await List(part)).Where(work => work.Customer == customer)];

    private static IEnumerable<IWorkQueueGrain> Parts(GroupSilo silo, TenantId tenant) => WorkIds.QueuesOf(tenant).Select(key => silo.Grains.GetGrain<IWorkQueueGrain>(key));

    private static Task<ImmutableArray<Work>> List(IWorkQueueGrain part) => part.List(new WorkFilter(_support, [], null), null, int.MaxValue);

    /// <summary>Refuses what some queues are told, while a test says so, and notes which were told.</summary>
    private sealed class BrokenPuts : IIncomingGrainCallFilter
    {
        /// <summary>How the keys of the queues begin that cannot be told; absent: all can.</summary>
        public volatile string? Queue;

        public System.Collections.Concurrent.ConcurrentBag<string> Told { get; } = [];

        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.MethodName == nameof(IWorkQueueGrain.Put) && context.Request.GetInterfaceType() == typeof(IWorkQueueGrain))
            {
                var key = context.TargetId.Key.ToString()!;
                if (Queue is { } broken && key.StartsWith(broken, StringComparison.Ordinal))
                {
                    throw new StateUnavailableException();
                }

                Told.Add(key);
            }

            return context.Invoke();
        }
    }
}
