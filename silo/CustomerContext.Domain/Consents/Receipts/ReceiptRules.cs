using System.Xml;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Consents.Receipts;

/// <summary>One version of a grant, as it went on record.</summary>
/// <param name="Version">From 1; each change of the grant, and taking it back, makes the next.</param>
/// <param name="Change">The change, with the grant after it.</param>
/// <param name="At">When.</param>
/// <param name="Record">Hash of its entry in the chain.</param>
[Orleans.GenerateSerializer, Orleans.Immutable, Orleans.Alias("GrantVersion")]
public sealed record GrantVersion(
    [property: Orleans.Id(0)] long Version,
    [property: Orleans.Id(1)] ConsentChange Change,
    [property: Orleans.Id(2)] DateTimeOffset At,
    [property: Orleans.Id(3)] Digest Record)
{
    /// <summary>The version that <paramref name="change"/> made. Taking back leaves the terms, and so the grant's own number, as they were, and is a version nevertheless.</summary>
    public static GrantVersion Of(ConsentChange change, DateTimeOffset at, Digest record) =>
        new(change.Grant!.Version + (change.Kind == ConsentChangeKind.GrantRevoked ? 1 : 0), change, at, record);
}

/// <summary>What a receipt says.</summary>
public static class ReceiptRules
{
    private const int RecordIdLength = 32;

    /// <summary>The receipt of <paramref name="version"/>; <paramref name="principal"/> is the customer as the tenant knows them.</summary>
    public static ConsentReceipt Of(GrantVersion version, string principal)
    {
        var grant = version.Change.Grant!;
        var notice = grant.Notice;
        return new ConsentReceipt(
            "ISO/IEC TS 27560:2023",
            $"{grant.Id.Value}.{version.Version}",
            version.Record.ToString()[..RecordIdLength],
            principal,
            new PiiProcessing(notice?.Version, notice?.Language, [.. grant.Purposes.Select(purpose => PurposeOf(grant, purpose))]),
            [new Party(principal, "pii_principal"), new Party(grant.Tenant.Value, "pii_controller"), new Party("customercontext", "pii_processor")],
            [new ConsentEvent(version.At, grant.From, grant.Until, "explicit", StateOf(version.Change.Kind), principal)]);
    }

    private static ReceiptPurpose PurposeOf(Grant grant, Purpose purpose)
    {
        var rule = PurposeTable.Find(purpose);
        DateTimeOffset? since = grant.IncludeEarlier ? null : grant.From;
        return new ReceiptPurpose(
            purpose.Value,
            (rule?.Basis ?? LawfulBasis.Consent).ToString(),
            [.. grant.Facets.Intersect(rule?.Facets ?? FacetSet.None).Each().Select(facet => new PiiInformation(facet.ToString(), since))],
            [grant.Tenant.Value],
            [.. grant.Scope.Tenants.Select(tenant => $"{tenant.Value}/*"), .. grant.Scope.Sources.Select(source => source.Value)],
            MethodOf(grant),
            XmlConvert.ToString(Limits.Requests.KeepAnswer),
            "RevokeGrant, in one step, at any time",
            ["access", "rectification", "erasure", "portability", "objection", "restriction"]);
    }

    /// <summary>On which occasions; and what AI readers may do, if the customer ticked the box for them.</summary>
    private static string MethodOf(Grant grant)
    {
        var occasions = grant.Interaction is { } interaction ? $"{grant.When}: {interaction}" : grant.When.ToString();
        return grant.AiReaders is { } box
            ? $"{occasions}; AI readers: at most {XmlConvert.ToString(box.ReadsPerDay)} reads a day, until {XmlConvert.ToString((box.Until ?? grant.Until).ToUniversalTime())}"
            : occasions;
    }

    private static string StateOf(ConsentChangeKind kind) => kind switch
    {
        ConsentChangeKind.GrantCreated or ConsentChangeKind.Enrolled => "given",
        ConsentChangeKind.GrantUpdated => "updated",
        _ => "withdrawn",
    };
}
