using Orleans;

namespace CustomerContext.Domain.Influence;

/// <summary>How much a customer's voice counts on one topic, and the two reasons.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="Score">Thousandths, 0 to 1000.</param>
/// <param name="People">First reason: distinct people who replied or found it helpful; counted up to <see cref="Limits.Influence.People"/>.</param>
/// <param name="Helpful">Second reason: answers marked helpful.</param>
/// <param name="Answered">Of so many answers.</param>
[GenerateSerializer, Immutable, Alias("TopicInfluence")]
public readonly record struct TopicInfluence(
    [property: Id(0)] string Topic,
    [property: Id(1)] int Score,
    [property: Id(2)] int People,
    [property: Id(3)] int Helpful,
    [property: Id(4)] int Answered);
