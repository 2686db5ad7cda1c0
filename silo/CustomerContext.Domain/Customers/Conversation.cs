using System.Collections.Immutable;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>One of the latest conversations.</summary>
/// <param name="Id">The source's id of it.</param>
/// <param name="Channel">Of the latest turn.</param>
/// <param name="Counterparties">Of the latest turn.</param>
/// <param name="Topics">Of the latest turn that named any.</param>
/// <param name="TopicsFrom">That turn; default if none.</param>
/// <param name="Link">Of the latest turn that had one.</param>
/// <param name="LinkFrom">That turn; default if none.</param>
/// <param name="Turns">1 to 8, ascending by stamp.</param>
/// <param name="Days">At most 16, ascending.</param>
[GenerateSerializer, Immutable, Alias("Conversation")]
public sealed record Conversation(
    [property: Id(0)] string Id,
    [property: Id(1)] string Channel,
    [property: Id(2)] ImmutableArray<Role> Counterparties,
    [property: Id(3)] ImmutableArray<string> Topics,
    [property: Id(4)] Stamp TopicsFrom,
    [property: Id(5)] string? Link,
    [property: Id(6)] Stamp LinkFrom,
    [property: Id(7)] ImmutableArray<Turn> Turns,
    [property: Id(8)] ImmutableArray<DayTally> Days);

/// <summary>One message.</summary>
/// <param name="Stamp">When.</param>
/// <param name="Role">Whose.</param>
/// <param name="State">What it did.</param>
/// <param name="Score">Thousandths; 0 if not scored.</param>
/// <param name="Weight">Thousandths; 0 if not scored.</param>
[GenerateSerializer, Immutable, Alias("Turn")]
public readonly record struct Turn(
    [property: Id(0)] Stamp Stamp,
    [property: Id(1)] Role Role,
    [property: Id(2)] ConversationState State,
    [property: Id(3)] int Score,
    [property: Id(4)] int Weight);

/// <summary>What the scored messages of one conversation on one day sum up to, before the cap.</summary>
/// <param name="Day">Unix day.</param>
/// <param name="Score">Sum of weight x score, thousandths.</param>
/// <param name="Weight">Sum of weights, thousandths; at least 1.</param>
/// <param name="Count">Messages.</param>
/// <param name="Latest">Unix second of the latest of them.</param>
[GenerateSerializer, Immutable, Alias("DayTally")]
public readonly record struct DayTally(
    [property: Id(0)] int Day,
    [property: Id(1)] long Score,
    [property: Id(2)] long Weight,
    [property: Id(3)] int Count,
    [property: Id(4)] long Latest);
