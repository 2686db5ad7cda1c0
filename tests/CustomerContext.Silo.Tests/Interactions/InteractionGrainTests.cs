using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Interactions;
using CustomerContext.Domain.Joins;
using CustomerContext.Grains;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Interactions;
using CustomerContext.Silo.Tests.Records;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Storage;

namespace CustomerContext.Silo.Tests.Interactions;

/// <summary>The end of an interaction: cut off between its steps, by the clock, and of a customer who is erased.</summary>
public sealed class InteractionGrainTests
{
    private const string Call = "call-1";
    private const string Key = "00112233445566778899aabbccddeeff";

    private static readonly TenantId _acme = new("acme");
    private static readonly TenantActor _by = new(_acme, ActorRole.Service, "telephony", Call);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task End_CutOffBeforeTheCustomersKnew_ARepeatOrTheReminderFinishesIt(bool byReminder)
    {
        await using var silo = await TimedSilo.Start();
        var customer = await Granted(silo);
        var interaction = Interaction(silo);

        // As a crash leaves it: the interaction has ended, the customer in it does not know.
        await customer.BeginCall(_by, silo.Time.GetUtcNow());
        var cutOff = new Interaction(_acme, Call, [new CustomerKey(Key)], [], "telephony", silo.Time.GetUtcNow(), silo.Time.GetUtcNow());
        await silo.Services.GetRequiredKeyedService<IGrainStorage>(StoreNames.Store).WriteStateAsync(StoreNames.Interaction, interaction.GetGrainId(), new GrainState<Interaction>(cutOff));
        Assert.True((await customer.Look(TimedSilo.Look())).IsOk);

        await (byReminder ? Remindable(silo).ReceiveReminder("end", default) : interaction.End(_by));

        Assert.False((await customer.Look(TimedSilo.Look())).IsOk);
        Assert.Empty((await interaction.Get()).Customers);
        Assert.Equal(RefusalReason.InteractionOver, (await interaction.Begin(_by, new CustomerKey(Key))).Refusal!.Reason);
    }

    [Fact]
    public async Task End_CutOffBehindTheCustomersLedger_ARepeatDeletesWhatWasCollectedForTheCall()
    {
        await using var silo = await TimedSilo.Start();
        await Enrol(silo);
        await silo.Publish(silo.Customer(Key), "s1");
        var kept = await silo.Customer(Key).GetContext();
        Assert.NotEmpty(kept.Sources);
        await silo.Customer(Key).EndCall(_by);
        Assert.Empty((await silo.Customer(Key).GetContext()).Sources);

        // As a crash leaves it: the ledger knows the end, and the context still has what was collected.
        var store = silo.Services.GetRequiredKeyedService<IGrainStorage>(StoreNames.Store);
        var state = new GrainState<CustomerState>();
        await store.ReadStateAsync(StoreNames.Context, silo.Customer(Key).GetGrainId(), state);
        state.State = kept;
        await store.WriteStateAsync(StoreNames.Context, silo.Customer(Key).GetGrainId(), state);
        await silo.Restart();
        Assert.NotEmpty((await silo.Customer(Key).GetContext()).Sources);

        await silo.Customer(Key).EndCall(_by);

        Assert.Empty((await silo.Customer(Key).GetContext()).Sources);
    }

    [Fact]
    public async Task Begin_FourHoursLater_IsOverByItselfAndForGood()
    {
        await using var silo = await TimedSilo.Start();
        var customer = await Granted(silo);
        var interaction = Interaction(silo);
        await interaction.Begin(_by, new CustomerKey(Key));

        silo.Time.Jump(Limits.Calls.Longest - TimeSpan.FromTicks(1));
        Assert.True((await customer.Look(TimedSilo.Look())).IsOk);
        silo.Time.Jump(TimeSpan.FromTicks(1));
        Assert.False((await customer.Look(TimedSilo.Look())).IsOk);
        Assert.Equal(RefusalReason.InteractionOver, (await interaction.Begin(_by, new CustomerKey(Key))).Refusal!.Reason);

        await Remindable(silo).ReceiveReminder("end", default);
        Assert.Empty((await interaction.Get()).Customers);
        Assert.Contains((await customer.GetConsent()).Calls, call => call.Over.Contains(Call));
    }

    [Fact]
    public async Task Erase_ACustomerInACall_TheInteractionForgetsThem()
    {
        await using var silo = await TimedSilo.Start();
        var customer = await Granted(silo);
        await Interaction(silo).Begin(_by, new CustomerKey(Key));

        await customer.Erase([]);

        Assert.Empty((await Interaction(silo).Get()).Customers);
        Assert.Empty((await silo.Customer(Key).GetConsent()).Calls);
    }

    /// <summary>A customer who lets acme look while they talk.</summary>
    private static async Task<ICustomerGrain> Granted(TimedSilo silo)
    {
        var customer = silo.Customer(Key);
        await customer.SetPreferences(new SetPreferences("p", Preferences.Off with { OfAge = true, Collect = SourceScope.OwnOf(_acme) }));
        var terms = new GrantTerms([new Purpose("service.support")], FacetSet.None, SourceScope.None, null, null, null);
        Assert.True((await customer.CreateGrant(new CreateGrant("g", _acme, terms))).IsOk);
        Assert.False((await customer.Look(TimedSilo.Look())).IsOk);
        return customer;
    }

    /// <summary>Somebody new says yes in the call, and keeps nothing for later.</summary>
    private static async Task Enrol(TimedSilo silo)
    {
        var now = silo.Time.GetUtcNow();
        var asked = EnrolRules.Asked(new GrantTerms([new Purpose("service.support")], FacetSet.None, SourceScope.None, null, null, null), _acme, now).Value!;
        var yes = new Enrol("e", "00ff", _by, now, asked, KeepsForLater: false, null, [], JoinAnswers.None);
        Assert.True((await silo.Customer(Key).Enrol(yes)).IsOk);
    }

    private static IInteractionGrain Interaction(TimedSilo silo) => silo.Services.GetRequiredService<IGrainFactory>()
        .GetGrain<IInteractionGrain>(silo.Services.GetRequiredService<InteractionKeys>().Of(_acme, Call));

    private static IRemindable Remindable(TimedSilo silo) => silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IRemindable>(Interaction(silo).GetGrainId());
}
