using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>What one view shows at one minute. Not known is absent or empty, never zero.</summary>
/// <param name="AsOf">The start of the minute.</param>
/// <param name="GoodUntil">When it must be made anew even if nothing new came: the end of the minute.</param>
/// <param name="Sentiment">SENTIMENT.</param>
/// <param name="TopOfMind">TOP_OF_MIND.</param>
/// <param name="Conversations">CONVERSATIONS: newest latest turn first, at most 5.</param>
/// <param name="Situation">SITUATION.</param>
[GenerateSerializer, Immutable, Alias("ContextSnapshot")]
public sealed record ContextSnapshot(
    [property: Id(0)] DateTimeOffset AsOf,
    [property: Id(1)] DateTimeOffset GoodUntil,
    [property: Id(2)] SentimentContent Sentiment,
    [property: Id(3)] TopOfMindContent TopOfMind,
    [property: Id(4)] ImmutableArray<ConversationContent> Conversations,
    [property: Id(5)] SituationContent Situation);

/// <summary>Topics, likes and dislikes.</summary>
/// <param name="Confidence">W / (W + 1) over the weight W of the topics shown, thousandths; absent without topics.</param>
/// <param name="Topics">Heaviest first, then ordinal; at most 16.</param>
/// <param name="WeightError">Most that one topic of one source may weigh more than shown, thousandths; 0 while there were at most 64.</param>
/// <param name="Likes">Said to be liked, newest first, then topics of a good score, heaviest first; at most 16.</param>
/// <param name="Dislikes">The same of dislike and a bad score.</param>
[GenerateSerializer, Immutable, Alias("TopOfMindContent")]
public sealed record TopOfMindContent(
    [property: Id(0)] int? Confidence,
    [property: Id(1)] ImmutableArray<TopicContent> Topics,
    [property: Id(2)] int WeightError,
    [property: Id(3)] ImmutableArray<string> Likes,
    [property: Id(4)] ImmutableArray<string> Dislikes);

/// <summary>One topic.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="Weight">Decayed number of mentions, thousandths.</param>
/// <param name="LastMentioned">To the second.</param>
/// <param name="Score">Own sentiment, thousandths; absent below the floor.</param>
/// <param name="Confidence">Of the score, thousandths; absent with it.</param>
[GenerateSerializer, Immutable, Alias("TopicContent")]
public sealed record TopicContent(
    [property: Id(0)] string Topic,
    [property: Id(1)] int Weight,
    [property: Id(2)] DateTimeOffset LastMentioned,
    [property: Id(3)] int? Score,
    [property: Id(4)] int? Confidence);

/// <summary>One conversation, without its content.</summary>
/// <param name="Source">Who told us.</param>
/// <param name="Id">The source's id.</param>
/// <param name="Channel">Coded.</param>
/// <param name="Counterparties">With whom.</param>
/// <param name="Topics">Of the latest turn that named any.</param>
/// <param name="Sentiment">The horizon "this conversation".</param>
/// <param name="State">Of the latest turn.</param>
/// <param name="WaitingSince">Since when the customer waits; absent if not waiting.</param>
/// <param name="Last">The latest turn.</param>
/// <param name="Turns">Turns kept, 1 to 8.</param>
/// <param name="Link">Of the latest turn that had one.</param>
[GenerateSerializer, Immutable, Alias("ConversationContent")]
public sealed record ConversationContent(
    [property: Id(0)] SourceId Source,
    [property: Id(1)] string Id,
    [property: Id(2)] string Channel,
    [property: Id(3)] ImmutableArray<Role> Counterparties,
    [property: Id(4)] ImmutableArray<string> Topics,
    [property: Id(5)] Horizon Sentiment,
    [property: Id(6)] ConversationState State,
    [property: Id(7)] DateTimeOffset? WaitingSince,
    [property: Id(8)] DateTimeOffset Last,
    [property: Id(9)] int Turns,
    [property: Id(10)] string? Link);

/// <summary>What the customer wants and does not want, and what else holds.</summary>
/// <param name="WantedOutcome">Absent if not known.</param>
/// <param name="PleaseDoNot">Newest first.</param>
/// <param name="Situation">Absent if not known.</param>
/// <param name="OpenCases">Newest first.</param>
/// <param name="SupportTier">Absent if not known.</param>
/// <param name="ContactPreference">Absent if not known.</param>
/// <param name="Others">A tenant's own names, ordinal by (name, value).</param>
[GenerateSerializer, Immutable, Alias("SituationContent")]
public sealed record SituationContent(
    [property: Id(0)] TraitContent? WantedOutcome,
    [property: Id(1)] ImmutableArray<TraitContent> PleaseDoNot,
    [property: Id(2)] TraitContent? Situation,
    [property: Id(3)] ImmutableArray<TraitContent> OpenCases,
    [property: Id(4)] TraitContent? SupportTier,
    [property: Id(5)] TraitContent? ContactPreference,
    [property: Id(6)] ImmutableArray<TraitContent> Others);

/// <summary>One trait.</summary>
/// <param name="Name">Coded.</param>
/// <param name="Value">Never empty.</param>
/// <param name="OccurredAt">When it was said.</param>
/// <param name="Source">By whom.</param>
/// <param name="Provenance">Declared if by the customer, else observed.</param>
[GenerateSerializer, Immutable, Alias("TraitContent")]
public sealed record TraitContent(
    [property: Id(0)] string Name,
    [property: Id(1)] string Value,
    [property: Id(2)] DateTimeOffset OccurredAt,
    [property: Id(3)] SourceId Source,
    [property: Id(4)] Provenance Provenance);
