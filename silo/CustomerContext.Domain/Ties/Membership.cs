using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Ties;

/// <summary>What is said about a customer and one tribe.</summary>
/// <param name="Tribe">The tribe.</param>
/// <param name="Mine">The customer's own statement. They are a member only if it is a yes.</param>
/// <param name="Claims">What sources say, ordinal by source; at most <see cref="Limits.Ties.Claims"/>.</param>
[GenerateSerializer, Immutable, Alias("Membership")]
public sealed record Membership(
    [property: Id(0)] TribeId Tribe, [property: Id(1)] Statement Mine, [property: Id(2)] ImmutableArray<Claim> Claims)
{
    /// <summary>A tribe about which nothing was said yet.</summary>
    public static Membership Of(TribeId tribe) => new(tribe, default, []);

    /// <summary>True if the customer is in it.</summary>
    public bool IsHeld => Mine.IsYes;

    /// <summary>When anybody last said anything about it.</summary>
    public Stamp Latest => Claims.Select(claim => claim.Statement.Latest).Append(Mine.Latest).Max();

    /// <summary>The source that proposes it; absent if none does, or the customer has answered since.</summary>
    public SourceId? ProposedBy
    {
        get
        {
            var answered = Mine.Latest;
            return Mine.IsYes ? null : Claims.Where(claim => claim.Statement.IsYes && claim.Statement.Began > answered).Select(claim => (SourceId?)claim.Source).FirstOrDefault();
        }
    }
}

/// <summary>How signals change a customer's memberships: only the customer's own statement makes or ends one. Pure.</summary>
public static class MembershipRules
{
    /// <summary>The state after a signal: the customer's own word, or a source's claim.</summary>
    /// <returns>The state, or <see cref="RefusalReason.LimitReached"/> for a yes beyond <see cref="Limits.Ties.Tribes"/>.</returns>
    public static Outcome<TiesState> Take(TiesState state, MembershipSignal signal)
    {
        var membership = state.Memberships.FirstOrDefault(one => one.Tribe == signal.Tribe) ?? Membership.Of(signal.Tribe);
        var at = Stamp.Of(signal);
        if (signal.Source != SourceId.Customer)
        {
            return With(state, membership with { Claims = Claims.Take(membership.Claims, signal, signal.Change, at) });
        }

        var mine = membership.Mine.Say(signal.Change, at);
        if (mine.IsYes && !membership.Mine.IsYes && state.Memberships.Count(other => other.IsHeld) >= Limits.Ties.Tribes)
        {
            return new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Ties.Tribes} tribes");
        }

        return mine == membership.Mine ? state : With(state, membership with { Mine = mine });
    }

    /// <summary>The state without what <paramref name="preferences"/> do not allow to collect; as <see cref="TieRules.OnlyCollected"/>.</summary>
    public static TiesState OnlyCollected(TiesState state, Preferences preferences)
    {
        var keepsOwn = preferences.Collects(SourceId.Customer);
        var kept = state.Memberships.Select(one => one with
        {
            Claims = Claims.OnlyCollected(one.Claims, preferences),
            Mine = keepsOwn ? one.Mine : TieRules.Over(one.Mine),
        }).ToImmutableArray();
        return kept.AsSpan().SequenceEqual(state.Memberships.AsSpan()) ? state : state with { Memberships = kept, Taken = state.Taken + 1 };
    }

    private static TiesState With(TiesState state, Membership membership)
    {
        var all = state.Memberships.RemoveAll(one => one.Tribe == membership.Tribe).Add(membership);
        var unanswered = all.Where(one => !one.IsHeld).ToList();
        if (unanswered.Count > Limits.Ties.TribesUnanswered)
        {
            all = all.Remove(unanswered.MinBy(one => one.Latest)!);
        }

        return state with
        {
            Memberships = [.. all.OrderBy(one => one.Tribe.Value, StringComparer.Ordinal)],
            Taken = state.Taken + 1,
        };
    }
}
