using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Interactions;

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

            var terms = PresetRules.Expand(command.Terms, PresetUse.Page, state, command.Tenant, now);
            var made = terms.IsOk ? NewGrant(id, command.Tenant, terms.Value, null, now) : terms.Refusal;
            if (!made.IsOk)
            {
                return made.Refusal;
            }

            return state.Find(id) is not null
                ? new Refusal(RefusalReason.RequestIdReused)
                : Given(state, made.Value with { Notice = command.Notice }, mark, now);
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

            if (GrantFieldRules.CheckNamed(command.Terms, command.Fields) is { } empty)
            {
                return empty;
            }

            var terms = PresetRules.Changed(TermsOf(old), GrantFieldRules.Named(TermsOf(old), command.Terms, command.Fields), state, old.Tenant);
            var earliest = old.From < now ? old.From : now;
            var from = terms.From!.Value > earliest ? terms.From.Value : earliest;
            var until = terms.Until!.Value;
            if (GrantTermsRules.CheckAsked(command.Terms) is { } tooMany)
            {
                return tooMany;
            }

            if ((GrantTermsRules.Check(terms) ?? GrantTermsRules.CheckTimes(terms, from, until, old.From, now) ?? CheckBox(terms.AiReaders)) is { } broken)
            {
                return broken with { Field = $"terms.{broken.Field}" };
            }

            var grant = WithTerms(old with { From = from, Until = until }, terms);
            if (!state.Preferences.OfAge && !grant.IsWithin(old))
            {
                return new Refusal(RefusalReason.NotOfAge);
            }

            if (!grant.IsWithin(old) && IsMissed(state, command.Expected))
            {
                return new Refusal(RefusalReason.VersionMismatch);
            }

            // What only takes back is no new yes: the notice of the old one stays.
            grant = grant with { Notice = command.Notice ?? (grant.IsWithin(old) ? old.Notice : null) };
            return CanonicalJson.AreSame(grant, old)
                ? new ConsentStep(state, null, old)
                : Replaced(state, old, grant with { UpdatedAt = now, Version = old.Version + 1 }, mark, ConsentChangeKind.GrantUpdated);

            // A box that stays as it was ends with a grant that now ends earlier.
            Refusal? CheckBox(AiReaders? box) => box == old.AiReaders ? null : AiReaderRules.Check(box, from < now ? now : from);
        });

    /// <summary>Takes a grant back. One that has ended already stays as it is.</summary>
    public static Outcome<ConsentStep> RevokeGrant(ConsentState state, RevokeGrant command, DateTimeOffset now) =>
        Once(state, command.RequestId, command, state.Find(command.Grant), mark => state.Find(command.Grant) switch
        {
            null => new Refusal(RefusalReason.NotFound, "grant_id", "no such grant"),
            { RevokedAt: null, EndedAt: null } grant when now < grant.Until =>
                Replaced(state, grant, grant with { RevokedAt = now, UpdatedAt = now }, mark, ConsentChangeKind.GrantRevoked),
            var ended => new ConsentStep(state, null, ended),
        });

    /// <summary>A grant of these terms, which are whole, from now on, or why they make none.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="tenant">To whom.</param>
    /// <param name="terms">What <see cref="PresetRules"/> made.</param>
    /// <param name="call">The call in which it is given; absent if it is given in none.</param>
    /// <param name="now">The instant that counts.</param>
    internal static Outcome<Grant> NewGrant(GrantId id, TenantId tenant, GrantTerms terms, Call? call, DateTimeOffset now)
    {
        var from = terms.From is { } start && start > now ? start : now;
        var until = terms.Until ?? GrantTermsRules.DefaultUntil(terms, call?.BegunAt ?? from);
        return (GrantTermsRules.Check(terms) ?? GrantTermsRules.CheckTimes(terms, from, until, call?.BegunAt ?? from, now) ?? AiReaderRules.Check(terms.AiReaders, from)) is { } broken
            ? broken with { Field = $"terms.{broken.Field}" }
            : WithTerms(new Grant(id, tenant, [], FacetSet.None, SourceScope.None, from, until, default, null, false, now, now), terms);
    }

    /// <summary>The grant given, if there is room.</summary>
    internal static Outcome<ConsentStep> Given(ConsentState state, Grant grant, RecentRequest mark, DateTimeOffset now) =>
        RoomFor(state.Grants, now) is { } grants
            ? Changed(state with { Grants = grants.Add(grant) }, mark, new ConsentChange(ConsentChangeKind.GrantCreated, grant) { Notice = grant.Notice })
            : new Refusal(RefusalReason.LimitReached, "grants", $"at most {Limits.Consents.Grants} live grants");

    private static Grant WithTerms(Grant grant, GrantTerms terms) => grant with
    {
        Purposes = GrantTermsRules.Sorted(terms.Purposes),
        Facets = terms.Facets,
        Sources = terms.Sources,
        When = terms.When!.Value,
        Interaction = terms.Interaction,
        IncludeEarlier = terms.IncludeEarlier!.Value,
        ShowWhere = terms.ShowWhere,
        AiReaders = AiReaderRules.Within(terms.AiReaders, grant.Until),
        Preset = terms.Preset,
        PresetVersion = terms.PresetVersion,
    };

    /// <summary>The terms of a grant, whole.</summary>
    public static GrantTerms TermsOf(Grant grant) => new(
        grant.Purposes, grant.Facets, grant.Scope, grant.From, grant.Until, grant.When, grant.Interaction, grant.IncludeEarlier,
        ShowWhere: grant.ShowWhere, Preset: grant.Preset, PresetVersion: grant.PresetVersion, AiReaders: grant.AiReaders);

    private static ConsentStep Replaced(ConsentState state, Grant old, Grant grant, RecentRequest mark, ConsentChangeKind kind) =>
        Changed(state with { Grants = state.Grants.Replace(old, grant) }, mark, new ConsentChange(kind, grant) { Notice = kind == ConsentChangeKind.GrantUpdated ? grant.Notice : null });

    private static ImmutableArray<Grant>? RoomFor(ImmutableArray<Grant> grants, DateTimeOffset now)
    {
        if (grants.Length < Limits.Consents.Grants)
        {
            return grants;
        }

        var ended = grants.Where(grant => grant.HasEnded(now)).MinBy(grant => grant.RevokedAt ?? grant.EndedAt ?? grant.Until);
        return ended is null ? null : grants.Remove(ended);
    }
}
