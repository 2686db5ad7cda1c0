using System.Collections.Immutable;
using CustomerContext.Domain.Customers;
using Orleans;

namespace CustomerContext.Domain.Tribes;

/// <summary>What is shown of a tribe from one of its release times to the next, noise included. Scores in thousandths, whole hundreds.</summary>
/// <param name="Number">From 1, growing by one.</param>
/// <param name="At">When it was due.</param>
/// <param name="NextAt">When the next one is.</param>
/// <param name="Shown">The mood as the tribe's posts show it; absent if nobody wrote.</param>
/// <param name="Corrected">Corrected for the vocal minority; absent if a stratum has too few voices.</param>
/// <param name="Known">What can be said then; absent if there is a corrected mood.</param>
/// <param name="Direction">Where it went since the release before, from members present in both.</param>
/// <param name="TopTopics">What is on most minds, most first; at most <see cref="Limits.Tribes.TopTopics"/>.</param>
/// <param name="Heard">Members who are heard.</param>
/// <param name="Members">All members who let themselves be counted.</param>
/// <param name="Cuts">From which influence on somebody stands out, for the topics shown; empty in a small tribe.</param>
[GenerateSerializer, Immutable, Alias("TribeRelease")]
public sealed record TribeRelease(
    [property: Id(0)] long Number,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] DateTimeOffset NextAt,
    [property: Id(3)] int? Shown,
    [property: Id(4)] CorrectedMood? Corrected,
    [property: Id(5)] KnownStrata? Known,
    [property: Id(6)] Direction Direction,
    [property: Id(7)] ImmutableArray<string> TopTopics,
    [property: Id(8)] int Heard,
    [property: Id(9)] int Members,
    [property: Id(10)] ImmutableArray<StandingCut> Cuts)
{
    /// <summary>The score that a trend shows: corrected, else as others show it; absent if there is neither.</summary>
    public int? Score => Corrected?.Score ?? Shown;
}

/// <summary>A corrected mood.</summary>
/// <param name="Score">-1000 to 1000.</param>
/// <param name="Low">Lower end of the 90 % interval, which allows for the noise; rounded outwards.</param>
/// <param name="High">Upper end.</param>
[GenerateSerializer, Immutable, Alias("CorrectedMood")]
public sealed record CorrectedMood([property: Id(0)] int Score, [property: Id(1)] int Low, [property: Id(2)] int High);

/// <summary>What the strata with voices enough say while others have too few.</summary>
/// <param name="Score">Their mood; 0 with a share of 0.</param>
/// <param name="Share">Their share of the membership, thousandths; 0 if they have too few voices for a figure of their own.</param>
/// <param name="Low">The whole tribe's mood if everybody else felt -1.</param>
/// <param name="High">The same if they felt 1.</param>
[GenerateSerializer, Immutable, Alias("KnownStrata")]
public sealed record KnownStrata([property: Id(0)] int Score, [property: Id(1)] int Share, [property: Id(2)] int Low, [property: Id(3)] int High);

/// <summary>From which influence on somebody stands out on a topic; in 1/50, 51 if nobody does.</summary>
[GenerateSerializer, Immutable, Alias("StandingCut")]
public readonly record struct StandingCut([property: Id(0)] string Topic, [property: Id(1)] int ListenedTo, [property: Id(2)] int LeadingVoice);
