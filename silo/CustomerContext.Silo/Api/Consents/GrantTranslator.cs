using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Silo.Access;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using AiReaders = CustomerContext.Domain.Consents.AiReaders;
using Grant = CustomerContext.Domain.Consents.Grant;
using GrantTerms = CustomerContext.Domain.Consents.GrantTerms;
using GrantWhen = CustomerContext.Domain.Consents.GrantWhen;
using ShownNotice = CustomerContext.Domain.Consents.ShownNotice;

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

        // None means all that the purposes have today.
        var facets = terms.Facets.Count == 0 ? FacetSet.None : Facets.Read(terms.Facets, "terms.facets");
        var from = Times.Read(terms.FromTime, "terms.from_time");
        var until = Times.Read(terms.UntilTime, "terms.until_time");
        var box = Read(terms.AiReaders, "terms.ai_readers");
        return (facets.Refusal ?? from.Refusal ?? until.Refusal ?? box.Refusal ?? CheckChoices(terms) ?? CheckTexts(terms)) is { } broken
            ? broken
            : new GrantTerms(
                [.. terms.Purposes.Select(purpose => new Purpose(purpose))],
                facets.Value,
                SourceScope.Named(terms.Sources),
                from.Value,
                until.Value,
                terms.When == V1.GrantWhen.Unspecified ? null : (GrantWhen)terms.When,
                terms.InteractionId.Length > 0 ? terms.InteractionId : null,
                terms.HasIncludeEarlier ? terms.IncludeEarlier : null,
                terms.Owners.Aggregate(SourceOwners.None, (all, owner) => all | OwnerOf(owner)),
                terms.ShowWhere,
                terms.Preset.Length > 0 ? terms.Preset : null,
                AiReaders: box.Value);
    }

    /// <summary>The box for AI readers; absent if it is not ticked.</summary>
    public static Outcome<AiReaders?> Read(V1.AiReaders? box, string field)
    {
        var until = Times.Read(box?.UntilTime, $"{field}.until_time");
        return !until.IsOk ? until.Refusal
            : box is null ? Outcome<AiReaders?>.Ok(null)
            : new AiReaders(box.DailyReadCount == 0 ? Limits.Consents.AiReads : box.DailyReadCount, until.Value);
    }

    /// <summary>The company that a request names.</summary>
    public static Outcome<TenantId> Tenant(string name, CurrentAccess access) => access.Now.Tenants.ContainsKey(new TenantId(name))
        ? new TenantId(name)
        : new Refusal(RefusalReason.InvalidArgument, "tenant", "must be a company that this service knows");

    private static Refusal? CheckChoices(V1.GrantTerms terms) => true switch
    {
        _ when terms.When != V1.GrantWhen.Unspecified && !System.Enum.IsDefined((GrantWhen)terms.When) => new Refusal(RefusalReason.InvalidArgument, "terms.when", "must be a known value"),
        _ when terms.Owners.Any(owner => OwnerOf(owner) == SourceOwners.None) => new Refusal(RefusalReason.InvalidArgument, "terms.owners", "must be known values"),
        _ => null,
    };

    private static Refusal? CheckTexts(V1.GrantTerms terms) =>
        TextRules.Check(terms.InteractionId, "terms.interaction_id", Limits.Consents.InteractionLength, required: false)
        ?? TextRules.Check(terms.Preset, "terms.preset", Limits.Consents.PresetLength, required: false)
        ?? terms.Sources.Select((source, i) => TextRules.Check(source, $"terms.sources[{i}]", Limits.Signals.SourceCharacters))
            .FirstOrDefault(broken => broken is not null);

    private static SourceOwners OwnerOf(SourceOwner owner) => owner switch
    {
        SourceOwner.Own => SourceOwners.Own,
        SourceOwner.Mine => SourceOwners.Mine,
        _ => SourceOwners.None,
    };

    /// <summary>Terms that are whole, in the contract.</summary>
    public static V1.GrantTerms ToProto(GrantTerms terms, TenantId tenant)
    {
        var hasOwn = terms.Sources.Tenants.Contains(tenant);
        var hasMine = terms.Sources.Sources.Contains(SourceId.Customer);
        var message = new V1.GrantTerms
        {
            Purposes = { terms.Purposes.Select(purpose => purpose.Value) },
            Facets = { Facets.ToProto(terms.Facets) },
            Sources =
            {
                terms.Sources.Tenants.Where(other => other != tenant).Select(other => other.Value),
                terms.Sources.Sources.Where(source => source != SourceId.Customer).Select(source => source.Value),
            },
            FromTime = terms.From?.ToTimestamp(),
            UntilTime = terms.Until?.ToTimestamp(),
            When = (V1.GrantWhen)(terms.When ?? 0),
            InteractionId = terms.Interaction ?? "",
            IncludeEarlier = terms.IncludeEarlier ?? false,
            ShowWhere = terms.ShowWhere,
            Preset = terms.Preset ?? "",
            AiReaders = terms.AiReaders is { } box ? new V1.AiReaders { DailyReadCount = box.ReadsPerDay, UntilTime = box.Until?.ToTimestamp() } : null,
        };
        message.Owners.Add(new[] { (Has: hasOwn, Owner: SourceOwner.Own), (Has: hasMine, Owner: SourceOwner.Mine) }.Where(one => one.Has).Select(one => one.Owner));
        if (terms.PresetVersion is { } version)
        {
            message.PresetVersion = version;
        }

        return message;
    }

    /// <summary>A grant as it stands at <paramref name="now"/>.</summary>
    public static V1.Grant ToProto(Grant grant, DateTimeOffset now) => new()
    {
        GrantId = grant.Id.Value,
        Tenant = grant.Tenant.Value,
        Terms = ToProto(ConsentRules.TermsOf(grant), grant.Tenant),
        State = grant switch
        {
            { RevokedAt: not null } => V1.GrantState.Revoked,
            { EndedAt: not null } => V1.GrantState.UsedUp,
            _ when grant.HasEnded(now) => V1.GrantState.Expired,
            _ => V1.GrantState.Live,
        },
        CreateTime = grant.CreatedAt.ToTimestamp(),
        UpdateTime = grant.UpdatedAt.ToTimestamp(),
        ShownNotice = ToProto(grant.Notice),
    };

    /// <summary>The notice that was displayed before a yes.</summary>
    public static V1.ShownNotice? ToProto(ShownNotice? shown) => shown is null ? null : new V1.ShownNotice { Version = shown.Version, Language = shown.Language };

    /// <summary>The notice that a client displayed; absent if it names none.</summary>
    public static Outcome<ShownNotice?> Read(V1.ShownNotice? shown)
    {
        var read = shown is null ? default : Notices.Read(shown.Version, shown.Language);
        return read.Refusal is { } refusal ? refusal : read.Value;
    }
}
