using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Silo.Access;
using Google.Protobuf.WellKnownTypes;
using GrantWhen = CustomerContext.Domain.Consents.GrantWhen;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>Grants and their terms, from the contract and back.</summary>
internal static class GrantTranslator
{
    /// <summary>The terms of a request; the domain checks them.</summary>
    public static Outcome<GrantTerms> Read(V1.GrantTerms? terms)
    {
        if (terms is null)
        {
            return new Refusal(RefusalReason.InvalidArgument, "terms", "is required");
        }

        if (terms.Facets.Count == 0)
        {
            return new Refusal(RefusalReason.InvalidArgument, "terms.facets", "must have at least one");
        }

        var facets = Facets.Read(terms.Facets, "terms.facets");
        var when = terms.When == V1.GrantWhen.Unspecified ? GrantWhen.DuringMyConversations : (GrantWhen)terms.When;
        if (!facets.IsOk || !System.Enum.IsDefined(when))
        {
            return facets.Refusal ?? new Refusal(RefusalReason.InvalidArgument, "terms.when", "must be a known value");
        }

        var from = Times.Read(terms.FromTime, "terms.from_time");
        var until = Times.Read(terms.UntilTime, "terms.until_time");
        return (from.Refusal ?? until.Refusal ?? CheckTexts(terms)) is { } broken
            ? broken
            : new GrantTerms(
                [.. terms.Purposes.Select(purpose => new Purpose(purpose))],
                facets.Value,
                [.. terms.Sources.Select(source => new SourceId(source))],
                from.Value,
                until.Value,
                when,
                terms.InteractionId.Length > 0 ? terms.InteractionId : null,
                terms.IncludeEarlier);
    }

    /// <summary>The company that a request names.</summary>
    public static Outcome<TenantId> Tenant(string name, CurrentAccess access) => access.Now.Tenants.ContainsKey(new TenantId(name))
        ? new TenantId(name)
        : new Refusal(RefusalReason.InvalidArgument, "tenant", "must be a company that this service knows");

    private static Refusal? CheckTexts(V1.GrantTerms terms) =>
        TextRules.Check(terms.InteractionId, "terms.interaction_id", Limits.Consents.InteractionLength, required: false)
        ?? terms.Sources.Select((source, i) => TextRules.Check(source, $"terms.sources[{i}]", Limits.Signals.SourceCharacters))
            .FirstOrDefault(broken => broken is not null);

    /// <summary>The same terms in the contract.</summary>
    public static V1.GrantTerms ToProto(GrantTerms terms) => new()
    {
        Purposes = { terms.Purposes.Select(purpose => purpose.Value) },
        Facets = { Facets.ToProto(terms.Facets) },
        Sources = { terms.Sources.Select(source => source.Value) },
        FromTime = terms.From?.ToTimestamp(),
        UntilTime = terms.Until?.ToTimestamp(),
        When = (V1.GrantWhen)terms.When,
        InteractionId = terms.Interaction ?? "",
        IncludeEarlier = terms.IncludeEarlier,
    };

    /// <summary>A grant as it stands at <paramref name="now"/>.</summary>
    public static V1.Grant ToProto(Grant grant, DateTimeOffset now) => new()
    {
        GrantId = grant.Id.Value,
        Tenant = grant.Tenant.Value,
        Terms = ToProto(new GrantTerms(
            grant.Purposes, grant.Facets, grant.Sources, grant.From, grant.Until, grant.When, grant.Interaction, grant.IncludeEarlier)),
        State = grant switch
        {
            { RevokedAt: not null } => V1.GrantState.Revoked,
            { UsedAt: not null } => V1.GrantState.UsedUp,
            _ when now >= grant.Until => V1.GrantState.Expired,
            _ => V1.GrantState.Live,
        },
        CreateTime = grant.CreatedAt.ToTimestamp(),
        UpdateTime = grant.UpdatedAt.ToTimestamp(),
    };
}
