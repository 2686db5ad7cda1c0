using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Help;
using Orleans;

namespace CustomerContext.Domain.Signals;

/// <summary>
/// Something that happened, sent in by a source. Never holds text: a customer's words are scored at the door
/// and are then gone. What is well-formed: <see cref="SignalRules"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("Signal")]
public abstract record Signal
{
    /// <summary>The sender's id, 1 to 128 characters; with <see cref="Source"/> the idempotency key.</summary>
    [Id(0)]
    public string Id { get; init; } = "";

    /// <summary>Who sent it.</summary>
    [Id(1)]
    public SourceId Source { get; init; }

    /// <summary>When it happened; used to the millisecond, truncated. At most 5 minutes ahead of our clock.</summary>
    [Id(2)]
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>Where the content lives, an http(s) address of at most 256 bytes; absent if nowhere. Kept of conversations only.</summary>
    [Id(3)]
    public string? Link { get; init; }

    /// <summary>True if a person of the tenant sent it, or a program that reads as an AI reader: whoever reads does not open what a customer granted while we talk.</summary>
    [Id(4)]
    public bool OpensNothing { get; init; }
}

/// <summary>One message of a conversation.</summary>
[GenerateSerializer, Immutable, Alias("ConversationSignal")]
public sealed record ConversationSignal : Signal
{
    /// <summary>The sender's id of the conversation, 1 to 128 characters.</summary>
    [Id(0)]
    public string ConversationId { get; init; } = "";

    /// <summary>Coded name such as <c>chat</c>.</summary>
    [Id(1)]
    public string Channel { get; init; } = "";

    /// <summary>Whose message it is. Only the customer's is scored.</summary>
    [Id(2)]
    public Role Role { get; init; }

    /// <summary>With whom the customer talks, at most 8.</summary>
    [Id(3)]
    public ImmutableArray<Counterparty> Counterparties { get; init; } = [];

    /// <summary>At most 8 topics, normalised by <see cref="TopicName"/>.</summary>
    [Id(4)]
    public ImmutableArray<string> Topics { get; init; } = [];

    /// <summary>What the message did to the conversation.</summary>
    [Id(5)]
    public ConversationState State { get; init; }

    /// <summary>The sender's own score, instead of text; absent if there is none.</summary>
    [Id(6)]
    public GivenScore? Score { get; init; }

    /// <summary>What an upstream system said on its own scale: kept beside ours, never mixed into it. Absent if nothing.</summary>
    [Id(7)]
    public UpstreamScore? Upstream { get; init; }

    /// <summary>The customers among the counterparties, as far as the sender named them, without repeats; only for counting who reacted, never shown.</summary>
    [Id(8)]
    public ImmutableArray<CustomerKey> People { get; init; } = [];

    /// <summary>Until when it promises something; there just if the state is <see cref="ConversationState.Promised"/>.</summary>
    [Id(9)]
    public DateTimeOffset? PromisedUntil { get; init; }
}

/// <summary>Somebody with whom the customer talks.</summary>
/// <param name="Role">Who they are in the conversation.</param>
/// <param name="Customer">
/// Which customer, if the sender named one; the key of nobody if we know none: so neither the size of what is kept nor the time of a look tells which it is. Shown only as
/// <see cref="Customers.MentionRules"/> allows.
/// </param>
[GenerateSerializer, Immutable, Alias("Counterparty")]
public readonly record struct Counterparty([property: Id(0)] Role Role, [property: Id(1)] CustomerKey? Customer = null);

/// <summary>A score that the sender worked out.</summary>
/// <param name="Score">-1 (very unhappy) to 1.</param>
/// <param name="Confidence">0 to 1; absent means 1.</param>
[GenerateSerializer, Immutable, Alias("GivenScore")]
public sealed record GivenScore([property: Id(0)] double Score, [property: Id(1)] double? Confidence = null);

/// <summary>A score on the scale of the system that made it; each number at most 1,000,000 either way, kept in thousandths.</summary>
/// <param name="Value">Within the scale.</param>
/// <param name="Minimum">The lowest value; below <paramref name="Maximum"/>.</param>
/// <param name="Maximum">The highest value.</param>
[GenerateSerializer, Immutable, Alias("UpstreamScore")]
public sealed record UpstreamScore(
    [property: Id(0)] double Value,
    [property: Id(1)] double Minimum,
    [property: Id(2)] double Maximum);

/// <summary>Whose message it is.</summary>
public enum Role
{
    /// <summary>The customer's.</summary>
    Customer = 1,

    /// <summary>Somebody's who acts for the company.</summary>
    Agent = 2,

    /// <summary>Somebody else's.</summary>
    Other = 3,
}

/// <summary>What a message does to its conversation.</summary>
public enum ConversationState
{
    /// <summary>It begins the conversation.</summary>
    Opened = 1,

    /// <summary>It goes on.</summary>
    Replied = 2,

    /// <summary>It answers what was asked.</summary>
    Answered = 3,

    /// <summary>It ends the conversation.</summary>
    Closed = 4,

    /// <summary>It thanks for the answer.</summary>
    Thanked = 5,

    /// <summary>It promises something.</summary>
    Promised = 6,

    /// <summary>It puts an idea forward.</summary>
    Proposed = 7,
}

/// <summary>An implicit sign of interest: a mention of topics with a small weight. It says nothing about feelings, whatever was done.</summary>
[GenerateSerializer, Immutable, Alias("BehaviourSignal")]
public sealed record BehaviourSignal : Signal
{
    /// <summary>The resource's address or id, 1 to 256 bytes.</summary>
    [Id(0)]
    public string Resource { get; init; } = "";

    /// <summary>What was done with it.</summary>
    [Id(1)]
    public BehaviourAction Action { get; init; }

    /// <summary>What the resource is about: at most 8 topics, normalised by <see cref="TopicName"/>.</summary>
    [Id(2)]
    public ImmutableArray<string> Topics { get; init; } = [];

    /// <summary>What is kept of the resource itself; absent if its host is not one of those listed. Set by <see cref="HelpHosts"/>.</summary>
    [Id(3)]
    public KeptPage? Page { get; init; }
}

/// <summary>What was done with a resource.</summary>
public enum BehaviourAction
{
    /// <summary>Opened.</summary>
    View = 1,

    /// <summary>Stayed on.</summary>
    Dwell = 2,

    /// <summary>Scrolled through.</summary>
    Scroll = 3,

    /// <summary>Bookmarked.</summary>
    Bookmark = 4,

    /// <summary>Come back to.</summary>
    Return = 5,

    /// <summary>Searched, and found.</summary>
    Search = 6,

    /// <summary>Said to have helped, or not asked after any more.</summary>
    Helped = 7,

    /// <summary>Said not to have helped.</summary>
    DidNotHelp = 8,
}

/// <summary>The customer's answer to a question about how they feel.</summary>
[GenerateSerializer, Immutable, Alias("SurveySignal")]
public sealed record SurveySignal : Signal
{
    /// <summary>Coded name of the question.</summary>
    [Id(0)]
    public string Question { get; init; } = "";

    /// <summary>The answer, within the scale; need not be whole.</summary>
    [Id(1)]
    public double Answer { get; init; }

    /// <summary>The worst answer of the scale, for example 1 or 0; below <see cref="ScaleMaximum"/>.</summary>
    [Id(2)]
    public double ScaleMinimum { get; init; }

    /// <summary>The best answer of the scale, for example 5 or 10.</summary>
    [Id(3)]
    public double ScaleMaximum { get; init; }

    /// <summary>At most 8 topics, normalised by <see cref="TopicName"/>.</summary>
    [Id(4)]
    public ImmutableArray<string> Topics { get; init; } = [];

    /// <summary>The question of a tribe that this answers; absent: none.</summary>
    [Id(5)]
    public string? PanelQuestion { get; init; }
}

/// <summary>Takes back what the same source sent under the same id and time. Networks alone send it; what it undoes: <see cref="RecentPost"/>.</summary>
[GenerateSerializer, Immutable, Alias("TakeBackSignal")]
public sealed record TakeBackSignal : Signal;

/// <summary>What somebody says came of an interaction: an agent or a program of the company, if the source is a tenant's; else the customer.</summary>
[GenerateSerializer, Immutable, Alias("OutcomeSignal")]
public sealed record OutcomeSignal : Signal
{
    /// <summary>Whose interaction; of a tenant's signal always itself.</summary>
    [Id(0)]
    public TenantId Company { get; init; }

    /// <summary>The company's id of it, 1 to 64 characters.</summary>
    [Id(1)]
    public string InteractionId { get; init; } = "";

    /// <summary>What came of it.</summary>
    [Id(2)]
    public InteractionResult Result { get; init; }

    /// <summary>What it was about: at most 8 topics, normalised by <see cref="TopicName"/>.</summary>
    [Id(3)]
    public ImmutableArray<string> Topics { get; init; } = [];
}

/// <summary>What came of an interaction. The numbers are those of the public contract.</summary>
public enum InteractionResult
{
    /// <summary>The matter is solved; the customer says: it helped.</summary>
    Solved = 1,

    /// <summary>Something is still to be done.</summary>
    GoesOn = 2,

    /// <summary>It is not solved; the customer says: it did not help.</summary>
    NotSolved = 3,
}

/// <summary>A declared or computed attribute. Names and what they allow: <see cref="TraitName"/>.</summary>
[GenerateSerializer, Immutable, Alias("TraitSignal")]
public sealed record TraitSignal : Signal
{
    /// <summary>A name of the public list, or a tenant's own beginning with <c>x-</c>.</summary>
    [Id(0)]
    public string Name { get; init; } = "";

    /// <summary>At most 64 characters; empty takes back what this source said (of a name with several values, all of them).</summary>
    [Id(1)]
    public string Value { get; init; } = "";
}

/// <summary>
/// Somebody says that a shown value is wrong: the customer, if the source is <see cref="Common.SourceId.Customer"/>, else an agent of the
/// source's tenant. Exactly one of the three targets is set. The latest counts, for 90 days.
/// </summary>
[GenerateSerializer, Immutable, Alias("CorrectionSignal")]
public sealed record CorrectionSignal : Signal
{
    /// <summary>What the headline score should be, -1 to 1.</summary>
    [Id(0)]
    public double? Score { get; init; }

    /// <summary>What holds about a topic.</summary>
    [Id(1)]
    public TopicCorrection? Topic { get; init; }

    /// <summary>What a trait should be.</summary>
    [Id(2)]
    public TraitCorrection? Trait { get; init; }
}

/// <summary>What holds about a topic.</summary>
/// <param name="Topic">Normalised by <see cref="TopicName"/>.</param>
/// <param name="Score">How the customer feels about it, -1 to 1. Absent: it is not on their mind, so it is hidden until mentioned later than this.</param>
[GenerateSerializer, Immutable, Alias("TopicCorrection")]
public sealed record TopicCorrection([property: Id(0)] string Topic, [property: Id(1)] double? Score = null);

/// <summary>What a trait should be.</summary>
/// <param name="Name">As <see cref="TraitSignal.Name"/>.</param>
/// <param name="Value">As <see cref="TraitSignal.Value"/>; empty: nothing holds.</param>
[GenerateSerializer, Immutable, Alias("TraitCorrection")]
public sealed record TraitCorrection([property: Id(0)] string Name, [property: Id(1)] string Value);
