using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Interactions;

namespace CustomerContext.Storage.Payloads;

/// <summary>Interactions: on the tenant's side, and what of them is within a customer's consent.</summary>
internal static class CallPayload
{
    public static IPayloadCodec<Interaction> Codec { get; } = new PayloadCodec<Interaction, Stored.Interaction>(1, ToMessage, FromMessage);

    public static Stored.Call ToMessage(Call call) => new()
    {
        Tenant = call.Tenant.Value,
        Ids = { call.Ids },
        Over = { call.Over },
        BegunTicks = Ticks.Of(call.BegunAt),
        UntilTicks = Ticks.Of(call.Until),
        LastActor = call.LastActor,
        TakesPart = call.TakesPart,
    };

    public static Call FromMessage(Stored.Call stored) => new(
        new TenantId(stored.Tenant),
        [.. stored.Ids],
        [.. stored.Over],
        Ticks.Instant(stored.BegunTicks),
        Ticks.Instant(stored.UntilTicks),
        stored.LastActor,
        stored.TakesPart);

    public static Stored.OpenedConversation ToMessage(OpenedConversation one) => new() { Tenant = one.Tenant.Value, UntilTicks = Ticks.Of(one.Until) };

    public static OpenedConversation FromMessage(Stored.OpenedConversation stored) => new(new TenantId(stored.Tenant), Ticks.Instant(stored.UntilTicks));

    public static Stored.ConnectedNetwork ToMessage(ConnectedNetwork one) =>
        new() { Network = one.Network.Value, Account = one.Account, SinceTicks = Ticks.Of(one.Since) };

    public static ConnectedNetwork FromMessage(Stored.ConnectedNetwork stored) =>
        new(new TenantId(stored.Network), stored.Account, Ticks.Instant(stored.SinceTicks));

    public static Stored.CallCollect ToMessage(CallCollect one) => new()
    {
        Tenant = one.Tenant.Value,
        Interaction = one.Interaction,
        Tenants = { one.Sources.Tenants.Select(tenant => tenant.Value) },
        Sources = { one.Sources.Sources.Select(source => source.Value) },
        UntilTicks = Ticks.Of(one.Until),
    };

    public static CallCollect FromMessage(Stored.CallCollect stored) => new(
        new TenantId(stored.Tenant),
        stored.Interaction,
        SourceScope.Of(stored.Tenants.Select(name => new TenantId(name)), stored.Sources.Select(name => new SourceId(name))),
        Ticks.Instant(stored.UntilTicks));

    private static Stored.Interaction ToMessage(Interaction interaction)
    {
        var stored = new Stored.Interaction
        {
            Tenant = interaction.Tenant.Value,
            Id = interaction.Id,
            Customers = { interaction.Customers.Select(customer => customer.Value) },
            Joins = { interaction.Joins },
            LastActor = interaction.LastActor,
            BegunTicks = Ticks.Of(interaction.BegunAt),
        };
        if (interaction.EndedAt is { } ended)
        {
            stored.EndedTicks = Ticks.Of(ended);
        }

        return stored;
    }

    private static Interaction FromMessage(Stored.Interaction stored) => new(
        new TenantId(stored.Tenant),
        stored.Id,
        [.. stored.Customers.Select(key => new CustomerKey(key))],
        [.. stored.Joins],
        stored.LastActor,
        Ticks.Instant(stored.BegunTicks),
        stored.HasEndedTicks ? Ticks.Instant(stored.EndedTicks) : null);
}
