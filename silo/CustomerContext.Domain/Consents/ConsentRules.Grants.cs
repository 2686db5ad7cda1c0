using System.Collections.Immutable;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Consents;

public static partial class ConsentRules
{
    /// <summary>Makes a grant. Where there is no room, the grant that ended first makes room; live ones never do.</summary>
    public static Outcome<ConsentStep> CreateGrant(ConsentState state, CustomerKey customer, CreateGrant command, DateTimeOffset now)
    {
        var id = GrantId.For(customer, command.RequestId);
        return Once(state, command.RequestId, command, state.Find(id), mark =>
        {
            if (!state.Preferences.OfAge)
            {
                return new Refusal(RefusalReason.NotOfAge);
            }

            if (IsMissed(state, command.Expected))
            {
                return new Refusal(RefusalReason.VersionMismatch);
            }

            var made = NewGrant(id, command.Tenant, command.Terms, now);
            if (!made.IsOk)
            {
                return made.Refusal;
            }

            return state.Find(id) is not null
                ? new Refusal(RefusalReason.RequestIdReused)
                : Given(state, made.Value, mark, now);
        });
    }

    /// <summary>
    /// Gives a grant new terms: narrower always, wider only for who is of age. A grant that has begun keeps its start or gets a later one: what was
    /// before it is opened by
    /// <see cref="GrantTerms.IncludeEarlier"/> alone. One that has ended is not found.
    /// </summary>
    public static Outcome<ConsentStep> UpdateGrant(ConsentState state, UpdateGrant command, DateTimeOffset now) =>
        Once(state, command.RequestId, command, state.Find(command.Grant), mark =>
        {
            if (state.Find(command.Grant) is not { } old || old.HasEnded(now))
            {
                return new Refusal(RefusalReason.NotFound, "grant_id", "no live grant");
            }

            var earliest = old.From < now ? old.From : now;
            var from = (command.Terms.From ?? old.From) is var start && start > earliest ? start : earliest;
            var until = command.Terms.Until ?? old.Until;
            if ((GrantTermsRules.Check(command.Terms) ?? GrantTermsRules.CheckTimes(from, until, now)) is { } broken)
            {
                return broken with { Field = $"terms.{broken.Field}" };
            }

            var grant = WithTerms(old with { From = from, Until = until }, command.Terms);
            if (!state.Preferences.OfAge && !grant.IsWithin(old))
            {
                return new Refusal(RefusalReason.NotOfAge);
            }

            if (!grant.IsWithin(old) && IsMissed(state, command.Expected))
            {
                return new Refusal(RefusalReason.VersionMismatch);
            }

            return CanonicalJson.AreSame(grant, old)
                ? new ConsentStep(state, null, old)
                : Replaced(state, old, grant with { UpdatedAt = now, Version = old.Version + 1 }, mark, ConsentChangeKind.GrantUpdated);
        });

    /// <summary>Takes a grant back. One that has ended already stays as it is.</summary>
    public static Outcome<ConsentStep> RevokeGrant(ConsentState state, RevokeGrant command, DateTimeOffset now) =>
        Once(state, command.RequestId, command, state.Find(command.Grant), mark => state.Find(command.Grant) switch
        {
            null => new Refusal(RefusalReason.NotFound, "grant_id", "no such grant"),
            // A used-up grant may still carry a watch, so it can be taken back as well.
            { RevokedAt: null } grant when now < grant.Until =>
                Replaced(state, grant, grant with { RevokedAt = now, UpdatedAt = now }, mark, ConsentChangeKind.GrantRevoked),
            var ended => new ConsentStep(state, null, ended),
        });

    /// <summary>Marks those of <paramref name="grants"/> that are this customer's and for this call only as used, in the append that records the use.</summary>
    public static ConsentState UseUp(ConsentState state, ImmutableArray<GrantId> grants, DateTimeOffset now) =>
        grants.IsEmpty || !state.Grants.Any(grant => grants.Contains(grant.Id) && grant.UsedAt is null) ? state : state with
        {
            Epoch = state.Epoch + 1,
            Grants = [.. state.Grants.Select(grant => grants.Contains(grant.Id) && grant.UsedAt is null ? grant with { UsedAt = now } : grant)],
        };

    /// <summary>A grant of these terms from now on, or why they make none.</summary>
    private static Outcome<Grant> NewGrant(GrantId id, TenantId tenant, GrantTerms terms, DateTimeOffset now)
    {
        var from = terms.From is { } start && start > now ? start : now;
        var until = terms.Until ?? GrantTermsRules.DefaultUntil(terms, from);
        return (GrantTermsRules.Check(terms) ?? GrantTermsRules.CheckTimes(from, until, now)) is { } broken
            ? broken with { Field = $"terms.{broken.Field}" }
            : WithTerms(new Grant(id, tenant, [], FacetSet.None, [], from, until, terms.When, null, false, now, now), terms);
    }

    /// <summary>The grant given, if there is room.</summary>
    private static Outcome<ConsentStep> Given(ConsentState state, Grant grant, RecentRequest mark, DateTimeOffset now) =>
        RoomFor(state.Grants, now) is { } grants
            ? Changed(state with { Grants = grants.Add(grant) }, mark, new ConsentChange(ConsentChangeKind.GrantCreated, grant))
            : new Refusal(RefusalReason.LimitReached, "grants", $"at most {Limits.Consents.Grants} live grants");

    private static Grant WithTerms(Grant grant, GrantTerms terms) => grant with
    {
        Purposes = GrantTermsRules.Sorted(terms.Purposes),
        Facets = terms.Facets,
        Sources = SourceScope.Of([], terms.Sources).Sources,
        When = terms.When,
        Interaction = terms.Interaction,
        IncludeEarlier = terms.IncludeEarlier,
    };

    private static ConsentStep Replaced(ConsentState state, Grant old, Grant grant, RecentRequest mark, ConsentChangeKind kind) =>
        Changed(state with { Grants = state.Grants.Replace(old, grant) }, mark, new ConsentChange(kind, grant));

    private static ImmutableArray<Grant>? RoomFor(ImmutableArray<Grant> grants, DateTimeOffset now)
    {
        if (grants.Length < Limits.Consents.Grants)
        {
            return grants;
        }

        var ended = grants.Where(grant => grant.HasEnded(now)).MinBy(grant => grant.RevokedAt ?? grant.UsedAt ?? grant.Until);
        return ended is null ? null : grants.Remove(ended);
    }
}
