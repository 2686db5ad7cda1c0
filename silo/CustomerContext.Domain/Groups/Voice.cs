using System.Collections.Immutable;
using Orleans;

namespace CustomerContext.Domain.Groups;

/// <summary>What a customer has to contribute at one moment, the same to every group. Made by <see cref="VoiceRules"/>. Times are unix seconds.</summary>
/// <param name="Score">In 1/50; absent if they are not heard.</param>
/// <param name="PostScore">Mean of what they wrote, in 1/50; absent if they wrote nothing of late.</param>
/// <param name="Posts">Posts within 90 days, rounded down to a step of <see cref="VoiceRules.PostSteps"/>.</param>
/// <param name="Stratum">How much they write.</param>
/// <param name="HeardUntil">When the score lapses if nothing more is heard; 0 without a score.</param>
/// <param name="Topics">Heaviest first, at most <see cref="Limits.Groups.Topics"/>.</param>
/// <param name="ChangesAt">When something of this changes by itself, though nothing more is heard; <see cref="long.MaxValue"/> if never.</param>
[GenerateSerializer, Immutable, Alias("Voice")]
public sealed record Voice(
    [property: Id(0)] int? Score,
    [property: Id(1)] int? PostScore,
    [property: Id(2)] int Posts,
    [property: Id(3)] Stratum Stratum,
    [property: Id(4)] long HeardUntil,
    [property: Id(5)] ImmutableArray<ContributedTopic> Topics,
    [property: Id(6)] long ChangesAt)
{
    /// <summary>True if <paramref name="other"/> says the same, for however long.</summary>
    public bool Says(Voice other) => Score == other.Score && PostScore == other.PostScore && Posts == other.Posts && Stratum == other.Stratum
        && Topics.AsSpan().SequenceEqual(other.Topics.AsSpan());
}

/// <summary>What a customer last sent to their groups.</summary>
/// <param name="Voice">What it said.</param>
/// <param name="FreshUntil">Until when it is good; unix seconds.</param>
[GenerateSerializer, Immutable, Alias("SentContribution")]
public sealed record SentContribution([property: Id(0)] Voice Voice, [property: Id(1)] long FreshUntil);
