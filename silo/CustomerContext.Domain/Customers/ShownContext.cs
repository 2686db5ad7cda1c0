using System.Collections.Immutable;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Ties;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>All that one look shows, after everything withheld was cut; what is made of a look is made of this and nothing else.</summary>
/// <param name="Reader">The tenant that looks; absent for the customer themselves.</param>
/// <param name="Parts">The granted facets; each is in exactly one part.</param>
/// <param name="Absent">The granted facets that hold nothing.</param>
/// <param name="CallMe">What the customer wants to be called; absent if they have not said so.</param>
public sealed record ShownContext(TenantId? Reader, ImmutableArray<ShownPart> Parts, ImmutableArray<AbsentFacet> Absent, string? CallMe)
{
    /// <summary>SENTIMENT; absent if it is not shown.</summary>
    public SentimentContent? Sentiment => Of(Facet.Sentiment)?.Snapshot.Sentiment;

    /// <summary>TOP_OF_MIND; absent if it is not shown.</summary>
    public TopOfMindContent? TopOfMind => Of(Facet.TopOfMind)?.Snapshot.TopOfMind;

    /// <summary>CONVERSATIONS; empty if they are not shown.</summary>
    public ImmutableArray<ConversationContent> Conversations => Of(Facet.Conversations)?.Snapshot.Conversations ?? [];

    /// <summary>What came of interactions, that with the latest word first; empty if CONVERSATIONS are not shown.</summary>
    public ImmutableArray<InteractionOutcome> Outcomes => Of(Facet.Conversations)?.Snapshot.Outcomes ?? [];

    /// <summary>SITUATION; absent if it is not shown.</summary>
    public SituationContent? Situation => Of(Facet.Situation)?.Snapshot.Situation;

    /// <summary>Where <paramref name="facet"/>, one of NETWORK, TRIBES and INFLUENCE, is read; absent if it is not shown.</summary>
    public GroupsContent? Groups(Facet facet) => Of(facet)?.Groups;

    /// <summary>ATTENTION; empty if it is not shown.</summary>
    public ImmutableArray<AttentionItem> Waiting => Of(Facet.Attention)?.Waiting ?? [];

    /// <summary>True if ATTENTION is shown, whether or not anything waits.</summary>
    public bool ShowsWaiting => Of(Facet.Attention) is not null;

    private ShownPart? Of(Facet facet) => Parts.FirstOrDefault(part => part.Facets.Contains(facet));
}

/// <summary>Facets that are read from one snapshot.</summary>
/// <param name="Facets">Which.</param>
/// <param name="View">From which sources.</param>
/// <param name="Snapshot">What is known of the customer themselves, after <see cref="ScoreCut"/>.</param>
/// <param name="Groups">What is released of the people around; absent if none of those facets is among them.</param>
/// <param name="Waiting">ATTENTION, most urgent first; absent if that is not among them.</param>
/// <param name="Named">The people of the shown conversations who allow to be named; there only if CONVERSATIONS is among the facets.</param>
[GenerateSerializer, Immutable, Alias("ShownPart")]
public sealed record ShownPart(
    [property: Id(0)] FacetSet Facets,
    [property: Id(1)] ContextView View,
    [property: Id(2)] ContextSnapshot Snapshot,
    [property: Id(3)] GroupsContent? Groups = null,
    [property: Id(4)] ImmutableArray<AttentionItem>? Waiting = null,
    [property: Id(5)] ImmutableArray<NamedCounterparty>? Named = null);
