using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Signals;

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

    /// <summary>With whom the customer talks, at most 8: roles, never names.</summary>
    [Id(3)]
    public ImmutableArray<Role> Counterparties { get; init; } = [];

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

    /// <summary>The customers among the counterparties, as far as the sender named them; only for counting who reacted, never shown.</summary>
    [Id(8)]
    public ImmutableArray<CustomerKey> People { get; init; } = [];
}

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
}
