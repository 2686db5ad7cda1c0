using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Interactions;
using CustomerContext.Grains.Interactions;

namespace CustomerContext.Grains.Customers;

/// <summary>Interactions: what opens looks "in this call" and "while we talk".</summary>
internal sealed partial class CustomerGrain
{
    private readonly InteractionKeys _interactions;
    private readonly TenantWrites _tenantWrites;

    public async Task BeginCall(TenantActor by, DateTimeOffset begunAt)
    {
        if (MayWrite(by.Tenant))
        {
            await TenantChangesKnown();
            await Change((consent, now) => CallChanges.Begin(consent, by, begunAt, now));
        }
    }

    public async Task<Refusal?> ContinueCall(string old, TenantActor by)
    {
        await TenantChangesKnown();
        return (await Change((consent, now) => CallChanges.Continue(consent, old, by, now))).Refusal;
    }

    public async Task EndCall(TenantActor by)
    {
        // The answers beside a yes come before its call is over: what was collected for the call alone is deleted next, and they must not come after that.
        await FinishEnrolment();
        var ended = await Change((consent, now) => CallChanges.End(consent, by, now));

        // Also for a repeat: the end may be durable, and what follows from it may have failed.
        if (ended.Value is { Consent.Epoch: > 0 } view)
        {
            await Forget(view.Consent);
        }
    }

    public async Task<string?> LastActor(TenantId tenant, string interaction) =>
        CallRules.Find(await GetConsent(), tenant, interaction, _time.GetUtcNow())?.LastActor;

    public Task<Outcome<ConsentView>> SetConversation(SetConversation command) =>
        Change((consent, now) => ConsentRules.SetConversation(consent, command, now));

    /// <summary>The look, which may begin its call itself if the customer allowed that and the interaction has not ended. Programs that reason begin none: a call is between people.</summary>
    private async Task<LookRequest> Joined(LookRequest look)
    {
        if (look is not { Read: { Tenant: { } tenant, Interaction: { } interaction, Ai: null } read, Actor: { } actor }
            || !CallRules.MustBegin(_session.Latest ?? await GetConsent(), read, _time.GetUtcNow()))
        {
            return look;
        }

        var added = await Interaction(tenant, interaction).Add(new TenantActor(tenant, read.Role, actor, interaction), _customer);
        return look with { Read = read with { MayBegin = added.IsOk } };
    }

    /// <summary>What withdrawn consent to collect had let in goes.</summary>
    private async Task Forget(ConsentState consent)
    {
        await _context.Ready();
        await _context.Save(CustomerRules.OnlyCollected(_context.Pending, consent.Preferences));
        await BeReminded();
        await _ties.Follow(consent);
        Served.Clear();
        _watches.WakeAll();
    }

    private IInteractionGrain Interaction(TenantId tenant, string id) => GrainFactory.GetGrain<IInteractionGrain>(_interactions.Of(tenant, id));
}
