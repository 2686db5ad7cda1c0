using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>Whose signals a grant shows, beside the sources that it names.</summary>
[Flags]
public enum SourceOwners
{
    /// <summary>Nobody's.</summary>
    None = 0,

    /// <summary>What the tenant sent itself.</summary>
    Own = 1,

    /// <summary>What the customer says here, and the networks that they have connected.</summary>
    Mine = 2,
}

/// <summary>What is asked of a grant. What is absent, <see cref="PresetRules"/> fills in, once.</summary>
/// <param name="Purposes">At least one, of <see cref="PurposeTable"/>.</param>
/// <param name="Facets">Each must be open to one of the purposes; none means all that the purposes have today.</param>
/// <param name="Sources">Sources by name. With no owners either: the preset's owners.</param>
/// <param name="From">Absent means now; an instant in the past means now.</param>
/// <param name="Until">Absent means the preset's; for this call only, as long as the call.</param>
/// <param name="When">On which occasions; absent means the preset's.</param>
/// <param name="Interaction">Only with <see cref="GrantWhen.ThisCallOnly"/>; absent means the first in which it is used.</param>
/// <param name="IncludeEarlier">True to show context from before the grant as well; absent means the preset's.</param>
/// <param name="Owners">Whose signals.</param>
/// <param name="ShowWhere">True to show links into what the customer says elsewhere.</param>
/// <param name="Preset">Absent means the default of where the terms come from.</param>
/// <param name="PresetVersion">The version that filled the terms in; absent while nothing has.</param>
/// <param name="AiReaders">What AI readers are allowed; absent: nothing, and in a change as it was. No preset ticks it, and no company can ask for it.</param>
[GenerateSerializer, Immutable, Alias("GrantTerms")]
public sealed record GrantTerms(
    [property: Id(0)] ImmutableArray<Purpose> Purposes,
    [property: Id(1)] FacetSet Facets,
    [property: Id(2)] SourceScope Sources,
    [property: Id(3)] DateTimeOffset? From,
    [property: Id(4)] DateTimeOffset? Until,
    [property: Id(5)] GrantWhen? When,
    [property: Id(6)] string? Interaction = null,
    [property: Id(7)] bool? IncludeEarlier = null,
    [property: Id(8)] SourceOwners Owners = SourceOwners.None,
    [property: Id(9)] bool ShowWhere = false,
    [property: Id(10)] string? Preset = null,
    [property: Id(11)] int? PresetVersion = null,
    [property: Id(12)] AiReaders? AiReaders = null);
