using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains.Attention;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace CustomerContext.Silo.Tests.Attention;

/// <summary>What changes while queues are being told.</summary>
public sealed class WorkRaceTests
{
    private static readonly TenantId _acme = new("acme");
    private static readonly TenantId _globex = new("globex");
    private static readonly Purpose _support = new("service.support");
    private static readonly CustomerKey _customer = new($"{1:x32}");

    [Theory]
    [InlineData("acme")]
    [InlineData("globex")]
    public async Task RevokeGrant_WhileAnotherRevokeIsBeingTold_TheWorkOfBothIsGoneWhenTheyReturn(string begins)
    {
        using var data = new TempFolder();
        var held = new HeldPut($"{begins}/");
        await using var silo = await GroupSilo.Start(data.Path, new FakeTime(), services => services.AddSingleton<IIncomingGrainCallFilter>(held));
        var customer = silo.Customer(_customer);
        await customer.SetPreferences(new SetPreferences("p", Preferences.Off with { OfAge = true, Collect = SourceScope.Of([_acme, _globex], []) }));
        var grants = new Dictionary<string, GrantId>();
        foreach (var tenant in (TenantId[])[_acme, _globex])
        {
            var terms = new GrantTerms([_support], FacetSet.Of(Facet.Attention), SourceScope.None, null, null, GrantWhen.AnyTime, IncludeEarlier: true);
            grants[tenant.Value] = (await customer.CreateGrant(new CreateGrant($"g {tenant.Value}", tenant, terms))).Value!.Grant!.Id;
            await silo.Publish(_customer, new ScoredSignal(Question(silo, tenant), null));
            Assert.Equal(1, await Works(silo, tenant));
        }

        held.Begin();
        var first = customer.RevokeGrant(new RevokeGrant("r1", grants[begins]));
        await held.Reached;

        // The queue that is held holds up no other company's revoke.
        Assert.True((await customer.RevokeGrant(new RevokeGrant("r2", grants.Single(grant => grant.Key != begins).Value))).IsOk);
        Assert.All((await customer.GetConsent()).Grants, grant => Assert.NotNull(grant.RevokedAt));
        held.Release();
        await first;

        Assert.Equal((0, 0), (await Works(silo, _acme), await Works(silo, _globex)));
    }

    private static ConversationSignal Question(GroupSilo silo, TenantId tenant) => new()
    {
        Id = $"q {tenant.Value}",
        Source = SourceId.Of(tenant, "chat"),
        OccurredAt = silo.Time.GetUtcNow(),
        ConversationId = "talk",
        Channel = "chat",
        Role = Role.Customer,
        State = ConversationState.Opened,
    };

    private static async Task<int> Works(GroupSilo silo, TenantId tenant)
    {
        var parts = WorkIds.QueuesOf(tenant).Select(key => silo.Grains.GetGrain<IWorkQueueGrain>(key).List(new WorkFilter(_support, [], null), null, 9));
        return (await Task.WhenAll(parts)).Sum(works => works.Length);
    }

    /// <summary>Holds what one company's queue is told, once a test says so.</summary>
    private sealed class HeldPut(string queue) : IIncomingGrainCallFilter
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _isHolding;

        public Task Reached => _reached.Task;

        public void Begin() => Volatile.Write(ref _isHolding, 1);

        public void Release() => _released.SetResult();

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.MethodName == nameof(IWorkQueueGrain.Put) && Volatile.Read(ref _isHolding) == 1 && context.TargetId.Key.ToString()!.StartsWith(queue, StringComparison.Ordinal))
            {
                _reached.TrySetResult();
                await _released.Task;
            }

            await context.Invoke();
        }
    }
}
