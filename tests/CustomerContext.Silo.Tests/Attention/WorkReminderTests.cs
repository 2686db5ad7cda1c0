using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains.Attention;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Testing;
using Orleans;

namespace CustomerContext.Silo.Tests.Attention;

/// <summary>A part of a queue is reminded, and so kept in memory, while something waits in it.</summary>
public sealed class WorkReminderTests
{
    private const string EveryMinute = "every minute";

    private static readonly TenantId _acme = new("acme");
    private static readonly Purpose _support = new("service.support");
    private static readonly CustomerKey _customer = new($"{1:x32}");

    [Fact]
    public async Task ReceiveReminder_NothingWaitsAnyMore_IsTheLastUntilSomethingDoes()
    {
        using var data = new TempFolder();
        await using var silo = await GroupSilo.Start(data.Path);
        await silo.SetPreferences(_customer, false, "service.support");
        var terms = new GrantTerms([_support], FacetSet.Of(Facet.Attention), SourceScope.None, null, null, GrantWhen.AnyTime);
        Assert.True((await silo.Customer(_customer).CreateGrant(new CreateGrant("g", _acme, terms))).IsOk);
        Assert.Empty(await Reminded());

        await Turn("asked", Role.Customer, ConversationState.Opened);
        var part = Assert.Single(await Reminded());
        await part.ReceiveReminder(EveryMinute, default);
        Assert.Single(await Reminded());

        await Turn("answered", Role.Agent, ConversationState.Answered);
        await part.ReceiveReminder(EveryMinute, default);
        Assert.Empty(await Reminded());

        await Turn("asked again", Role.Customer, ConversationState.Replied);
        Assert.Single(await Reminded());

        async Task<IWorkQueueGrain[]> Reminded()
        {
            var parts = WorkIds.QueuesOf(_acme).Select(key => silo.Grains.GetGrain<IWorkQueueGrain>(key)).ToArray();
            var rows = await Task.WhenAll(parts.Select(one => silo.Reminders.ReadRow(one.GetGrainId(), EveryMinute)));
            return [.. parts.Where((_, at) => rows[at] is not null)];
        }

        async Task Turn(string id, Role role, ConversationState state)
        {
            silo.Time.Advance(TimeSpan.FromMilliseconds(10));
            await silo.Publish(_customer, new ConversationSignal
            {
                Id = id,
                Source = new SourceId("acme/crm"),
                OccurredAt = silo.Time.GetUtcNow(),
                ConversationId = "q",
                Channel = "forum",
                Role = role,
                State = state,
            });
        }
    }
}
