using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Domain.Interactions;

/// <summary>How calls begin, go on and end in a customer's ledger. Each may be repeated: what is so already stays as it is.</summary>
public static class CallChanges
{
    /// <summary>Opens the interaction of <paramref name="by"/>, in which the customer takes part. Nobody's ledger comes to be by it, and an id that has ended stays so.</summary>
    /// <param name="state">The customer's consent.</param>
    /// <param name="by">The tenant's actor, with the interaction.</param>
    /// <param name="begunAt">When the interaction began.</param>
    /// <param name="now">The instant that counts.</param>
    public static ConsentStep Begin(ConsentState state, TenantActor by, DateTimeOffset begunAt, DateTimeOffset now)
    {
        if (state.Epoch == 0 || state.ErasedAt is not null || Opened(state, by, begunAt, now) is not { } opened || ReferenceEquals(opened, state))
        {
            return new ConsentStep(state, null);
        }

        return Changed(opened, ConsentChangeKind.InteractionBegun, by);
    }

    /// <summary>The consent in which the interaction of <paramref name="by"/> is open and the customer takes part; absent if its id has ended. No step of its own: a yes in the interaction is one.</summary>
    public static ConsentState? Opened(ConsentState state, TenantActor by, DateTimeOffset begunAt, DateTimeOffset now)
    {
        if (by.Interaction is not { } interaction || CallRules.HasEnded(state, by.Tenant, interaction, now) || now >= begunAt + Limits.Calls.Longest)
        {
            return null;
        }

        return CallRules.Find(state, by.Tenant, interaction, now) switch
        {
            { TakesPart: true } => state,
            { } call => state with { Calls = state.Calls.Replace(call, call with { TakesPart = true }) },
            null => state with
            {
                Calls = Add(state.Calls, new Call(by.Tenant, [interaction], [], begunAt, begunAt + Limits.Calls.Longest, by.Actor, TakesPart: true), now),
            },
        };
    }

    /// <summary>The call under <paramref name="old"/> goes on under the interaction of <paramref name="by"/> as well. An id that has ended stays so.</summary>
    public static Outcome<ConsentStep> Continue(ConsentState state, string old, TenantActor by, DateTimeOffset now)
    {
        if (CallRules.Find(state, by.Tenant, old, now) is not { } call || by.Interaction is not { } next || call.Ids.Contains(next))
        {
            return new ConsentStep(state, null);
        }

        if (CallRules.HasEnded(state, by.Tenant, next, now))
        {
            return new Refusal(RefusalReason.InteractionOver);
        }

        var other = CallRules.Find(state, by.Tenant, next, now);
        var longer = (other is null ? call with { Ids = call.Ids.Add(next) } : United(call, other)) with { LastActor = by.Actor };
        if (longer.Ids.Length + longer.Over.Length > Limits.Calls.IdsPerCall)
        {
            return new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Calls.IdsPerCall} ids of one interaction");
        }

        var others = other is null ? state.Calls : state.Calls.Remove(other);
        return Changed(state with { Calls = others.Replace(call, longer) }, ConsentChangeKind.InteractionContinued, by);
    }

    /// <summary>
    /// Ends the id of <paramref name="by"/>, in one step with all that hangs on it: with the last id of a call its grants for this call only, and what was collected for the call. An id that nobody
    /// opened is remembered as ended, for a yes in it may be on its way.
    /// </summary>
    public static ConsentStep End(ConsentState state, TenantActor by, DateTimeOffset now)
    {
        if (state.Epoch == 0 || state.ErasedAt is not null || by.Interaction is not { } interaction)
        {
            return new ConsentStep(state, null);
        }

        if (CallRules.Holding(state, by.Tenant, interaction, now) is not { } call)
        {
            if (CallRules.HasEnded(state, by.Tenant, interaction, now))
            {
                return new ConsentStep(state, null);
            }

            var over = new Call(by.Tenant, [], [interaction], now, now + Limits.Calls.Longest, by.Actor, TakesPart: false);
            return Changed(Closed(state, over, now) with { Calls = Add(state.Calls, over, now) }, ConsentChangeKind.InteractionEnded, by);
        }

        var ended = call with { Ids = call.Ids.Remove(interaction), Over = call.Over.Add(interaction) };
        var left = state with { Calls = state.Calls.Replace(call, ended) };
        return Changed(ended.Ids.IsEmpty ? Closed(left, ended, now) : left, ConsentChangeKind.InteractionEnded, by);
    }

    /// <summary>The calls with one more. Those past their time leave; where there is no room, the oldest of the tenant with too many, so that no tenant pushes out another's.</summary>
    internal static ImmutableArray<Call> Add(ImmutableArray<Call> calls, Call call, DateTimeOffset now)
    {
        var kept = calls.RemoveAll(other => now >= other.Until);
        if (kept.Count(other => other.Tenant == call.Tenant) >= Limits.Calls.CallsPerTenant)
        {
            kept = kept.Remove(kept.First(other => other.Tenant == call.Tenant));
        }
        else if (kept.Length >= Limits.Calls.CallsPerCustomer)
        {
            kept = kept.Remove(kept.GroupBy(other => other.Tenant).MaxBy(group => group.Count())!.First());
        }

        return kept.Add(call);
    }

    /// <summary>Two calls that were opened each by itself and are one from now on: it has the ids of both, and ends when the first of them would have.</summary>
    private static Call United(Call call, Call other) => call with
    {
        Ids = [.. call.Ids.Union(other.Ids)],
        Over = [.. call.Over.Union(other.Over)],
        BegunAt = call.BegunAt < other.BegunAt ? call.BegunAt : other.BegunAt,
        Until = call.Until < other.Until ? call.Until : other.Until,
        TakesPart = call.TakesPart || other.TakesPart,
    };

    /// <summary>What was allowed for this call alone ends with it.</summary>
    private static ConsentState Closed(ConsentState state, Call call, DateTimeOffset now)
    {
        var collected = state.CollectUntil.Where(one => one.Tenant == call.Tenant && call.Has(one.Interaction)).ToArray();
        var left = state.CollectUntil.RemoveRange(collected);

        // What another call collects as well stays for that one.
        var others = left.Aggregate(SourceScope.None, (all, one) => all.Union(one.Sources));
        return state with
        {
            Grants = [.. state.Grants.Select(grant => IsOf(grant, call) && !grant.HasEnded(now) ? grant with { EndedAt = now } : grant)],
            CollectUntil = left,
            Preferences = collected.Length == 0 ? state.Preferences : state.Preferences with
            {
                Collect = collected.Aggregate(state.Preferences.Collect, (all, one) => all.Without(one.Sources.Without(others))),
            },
        };
    }

    private static bool IsOf(Grant grant, Call call) =>
        grant.When == GrantWhen.ThisCallOnly && grant.Tenant == call.Tenant && call.Has(grant.Interaction);

    private static ConsentStep Changed(ConsentState state, ConsentChangeKind kind, TenantActor by) =>
        new(state with { Epoch = state.Epoch + 1 }, new ConsentChange(kind, By: by));
}
