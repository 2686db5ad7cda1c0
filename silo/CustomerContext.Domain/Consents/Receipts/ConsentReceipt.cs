using System.Collections.Immutable;

namespace CustomerContext.Domain.Consents.Receipts;

/// <summary>
/// The customer's copy of one version of a grant, with the fields of ISO/IEC TS 27560:2023 under its names. What is not known is left out.
/// </summary>
/// <param name="SchemaVersion">Which structure this is.</param>
/// <param name="ReceiptId">Of this receipt: grant and version.</param>
/// <param name="RecordId">The record on the customer's chain that it is made from: the id that the list of disclosures shows.</param>
/// <param name="PiiPrincipalId">The customer, as the tenant knows them (pairwise).</param>
/// <param name="Processing">What may be done with what.</param>
/// <param name="PartyIdentification">Who is who.</param>
/// <param name="Events">What the customer did.</param>
public sealed record ConsentReceipt(
    string SchemaVersion,
    string ReceiptId,
    string RecordId,
    string PiiPrincipalId,
    PiiProcessing Processing,
    ImmutableArray<Party> PartyIdentification,
    ImmutableArray<ConsentEvent> Events);

/// <summary>The section on processing.</summary>
/// <param name="PrivacyNotice">Version of the notice that was displayed before the yes; absent if the client named none.</param>
/// <param name="Language">Language of the notice.</param>
/// <param name="Purposes">One for each purpose.</param>
public sealed record PiiProcessing(string? PrivacyNotice, string? Language, ImmutableArray<ReceiptPurpose> Purposes);

/// <summary>One purpose.</summary>
/// <param name="Purpose">Its name.</param>
/// <param name="LawfulBasis">On what ground.</param>
/// <param name="PiiInformation">The facets.</param>
/// <param name="PiiControllers">Party ids of who may look.</param>
/// <param name="CollectionMethod">Whose signals it is made from: sources by name, <c>tenant/*</c> for all of a tenant's own.</param>
/// <param name="ProcessingMethod">On which occasions it may be looked at; with the one interaction, if there is one.</param>
/// <param name="RetentionPeriod">How long an answer may be kept, ISO 8601.</param>
/// <param name="WithdrawalMethod">How to take it back.</param>
/// <param name="PrivacyRights">What else the customer may do.</param>
public sealed record ReceiptPurpose(
    string Purpose,
    string LawfulBasis,
    ImmutableArray<PiiInformation> PiiInformation,
    ImmutableArray<string> PiiControllers,
    ImmutableArray<string> CollectionMethod,
    string ProcessingMethod,
    string RetentionPeriod,
    string WithdrawalMethod,
    ImmutableArray<string> PrivacyRights);

/// <summary>A facet, and from when on what happened is in it; absent: from the beginning.</summary>
public sealed record PiiInformation(string PiiType, DateTimeOffset? Since);

/// <summary>A party and its role.</summary>
public sealed record Party(string PartyId, string PartyRole);

/// <summary>What the customer did.</summary>
/// <param name="EventTime">When.</param>
/// <param name="ValidFrom">First instant.</param>
/// <param name="ValidUntil">First instant after it.</param>
/// <param name="EventType">How consent was expressed: explicitly, always.</param>
/// <param name="EventState">given, updated or withdrawn.</param>
/// <param name="EntityId">Who did it: the customer.</param>
public sealed record ConsentEvent(
    DateTimeOffset EventTime, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil, string EventType, string EventState, string EntityId);
