using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using Orleans;

namespace CustomerContext.Domain.Interactions;

/// <summary>An interaction of one tenant as a customer's ledger has it: what opens looks "in this call". It is open while it has an id that has not ended.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Ids">The ids that are open, oldest first.</param>
/// <param name="Over">The ids that have ended. They stay until <paramref name="Until"/>, so that a yes that was on its way opens nothing.</param>
/// <param name="BegunAt">When its first id began.</param>
/// <param name="Until">First instant at which it is over by itself.</param>
/// <param name="LastActor">Pseudonym of the tenant's actor who began it, or who looked last.</param>
/// <param name="TakesPart">True if the customer takes part: the tenant's program said so, or the customer said yes in it.</param>
[GenerateSerializer, Immutable, Alias("Call")]
public sealed record Call(
    [property: Id(0)] TenantId Tenant,
    [property: Id(1)] ImmutableArray<string> Ids,
    [property: Id(2)] ImmutableArray<string> Over,
    [property: Id(3)] DateTimeOffset BegunAt,
    [property: Id(4)] DateTimeOffset Until,
    [property: Id(5)] string LastActor,
    [property: Id(6)] bool TakesPart)
{
    /// <summary>True if <paramref name="interaction"/> is one of its ids, ended or not.</summary>
    public bool Has(string? interaction) => interaction is not null && (Ids.Contains(interaction) || Over.Contains(interaction));
}

/// <summary>Which calls are open, and what a look does to them.</summary>
public static class CallRules
{
    /// <summary>The open call of <paramref name="tenant"/> under this id; absent if there is none. An id that has ended opens nothing, whichever call knows that.</summary>
    public static Call? Find(ConsentState state, TenantId? tenant, string? interaction, DateTimeOffset now) =>
        HasEnded(state, tenant, interaction, now) ? null : Holding(state, tenant, interaction, now);

    /// <summary>True if the customer's ledger knows that this id has ended.</summary>
    public static bool HasEnded(ConsentState state, TenantId? tenant, string? interaction, DateTimeOffset now) =>
        interaction is not null && state.Calls.Any(call => call.Tenant == tenant && now < call.Until && call.Over.Contains(interaction));

    /// <summary>The call that has this id among its open ones, also if another call knows that the id has ended.</summary>
    internal static Call? Holding(ConsentState state, TenantId? tenant, string? interaction, DateTimeOffset now) => interaction is null
        ? null
        : state.Calls.FirstOrDefault(call => call.Tenant == tenant && now < call.Until && call.Ids.Contains(interaction));

    /// <summary>Until when the customer counts as talking with the tenant in this interaction, without any signal: because they said so, or take part in it.</summary>
    public static TalkTime? Talk(ConsentState state, TenantId? tenant, string? interaction, DateTimeOffset now)
    {
        var said = state.Talking.FirstOrDefault(one => one.Tenant == tenant && now < one.Until) is { } talking ? new TalkTime(talking.Until, new Opener(OpenerKind.Customer)) : null;
        var call = Find(state, tenant, interaction, now) is { TakesPart: true } open ? new TalkTime(open.Until, new Opener(OpenerKind.Interaction)) : null;
        return TalkTime.Later(said, call);
    }

    /// <summary>True if <paramref name="grant"/>, which is for this call only, opens in the interaction of <paramref name="request"/>.</summary>
    public static bool Opens(ConsentState state, Grant grant, ReadRequest request, DateTimeOffset now) =>
        Find(state, request.Tenant, request.Interaction, now) is { } call
            ? grant.Interaction is null || call.Has(grant.Interaction)
            : request.MayBegin && WaitsFor(grant, request) && !HasEnded(state, request.Tenant, request.Interaction, now);

    /// <summary>
    /// True if a look may have to begin the call itself: the customer has given a grant for this call only on their own page, and no call is open under this id. Whether
    /// the id has ended must be asked of the interaction first.
    /// </summary>
    public static bool MustBegin(ConsentState state, ReadRequest request, DateTimeOffset now) =>
        state.Grants.Any(grant => grant.When == GrantWhen.ThisCallOnly && grant.Tenant == request.Tenant && !grant.HasEnded(now) && WaitsFor(grant, request))
        && Find(state, request.Tenant, request.Interaction, now) is null
        && !HasEnded(state, request.Tenant, request.Interaction, now);

    /// <summary>
    /// Consent after a look, which is written in the append of its record: grants for this call only are bound to the interaction of their first look, and the call knows who looked last. The same
    /// actor's further looks change nothing.
    /// </summary>
    public static ConsentState Touch(ConsentState state, ReadRequest request, string? actor, ReadDecision decision, DateTimeOffset now)
    {
        if (request is not { Tenant: { } tenant, Interaction: { } interaction } || actor is null)
        {
            return state;
        }

        var used = decision.Grants;
        var isFirst = state.Grants.Any(grant => IsFirstLook(grant, used));
        var call = Find(state, tenant, interaction, now);
        if (!isFirst && (call is null || call.LastActor == actor))
        {
            return state;
        }

        return state with
        {
            Epoch = state.Epoch + 1,
            Grants = !isFirst ? state.Grants
                : [.. state.Grants.Select(grant => IsFirstLook(grant, used) ? grant with { Interaction = grant.Interaction ?? interaction, UsedAt = now } : grant)],
            Calls = call is not null
                ? state.Calls.Replace(call, call with { LastActor = actor })
                : CallChanges.Add(state.Calls, new Call(tenant, [interaction], [], now, now + Limits.Calls.Longest, actor, TakesPart: false), now),
        };
    }

    private static bool IsFirstLook(Grant grant, ImmutableArray<GrantId> used) =>
        grant is { When: GrantWhen.ThisCallOnly, UsedAt: null } && used.Contains(grant.Id);

    private static bool WaitsFor(Grant grant, ReadRequest request) =>
        grant.UsedAt is null && request.Interaction is not null && (grant.Interaction is null || grant.Interaction == request.Interaction);
}
