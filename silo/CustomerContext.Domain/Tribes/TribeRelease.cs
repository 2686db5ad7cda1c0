using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
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
/// <param name="TopTopics">What is on many minds, as noise lets it seem, most first; at most <see cref="Limits.Tribes.TopTopics"/>.</param>
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
/// <param name="Score">Their mood; absent if they have too few voices for a figure of their own.</param>
/// <param name="Share">Their share of the membership, thousandths; 0 without a score.</param>
/// <param name="Low">The whole tribe's mood if everybody else felt -1.</param>
/// <param name="High">The same if they felt 1.</param>
[GenerateSerializer, Immutable, Alias("KnownStrata")]
public sealed record KnownStrata([property: Id(0)] int? Score, [property: Id(1)] int Share, [property: Id(2)] int Low, [property: Id(3)] int High);

/// <summary>From which influence on somebody stands out on a topic; in 1/50, 51 if nobody does.</summary>
[GenerateSerializer, Immutable, Alias("StandingCut")]
public readonly record struct StandingCut([property: Id(0)] string Topic, [property: Id(1)] int ListenedTo, [property: Id(2)] int LeadingVoice);

/// <summary>
/// The figures of one release: noise, then one decimal. Each has discrete Laplace noise of scale 2 / (n eps), n being the number of voices of equal weight among which one weighs as
/// much as the heaviest does here (if all weigh the same, those heard), and eps the figure's share of a day's.
/// </summary>
internal sealed class TribeFigures(GroupSums sums, ReleaseSeed seed, Cadence cadence)
{
    private const int MostInfluence = Limits.Groups.ScoreSteps;
    private const int Hours = 24;

    private readonly MoodEstimate? _estimate = MoodRules.Corrected(sums);
    private readonly double _epsilon = Limits.Tribes.EpsilonPerDay / Limits.Tribes.Figures / (cadence == Cadence.Hourly ? Hours : 1);

    public TribeRelease Release(long number, DateTimeOffset at, DateTimeOffset nextAt) => new(
        number, at, nextAt, Shown(), Corrected(), Known(), DirectionOf(), TopTopics(), sums.All.Voices, sums.All.Members, Cuts());

    private int? Shown() => MoodRules.PerPost(sums) is { } score
        ? Tenths(score + (ReleaseNoise.Draw(seed, "shown", sums, Scale((double)sums.Posts.Most / sums.Posts.Posts)) / (double)Thousandths.One))
        : null;

    private CorrectedMood? Corrected()
    {
        if (_estimate is not { IsWhole: true } estimate)
        {
            return null;
        }

        var score = Noised(estimate);
        var half = estimate.HalfWidth(NoiseVariance(estimate.Heaviest));
        return new CorrectedMood(Tenths(score), Tenths(score - half, Math.Floor), Tenths(score + half, Math.Ceiling));
    }

    private KnownStrata? Known()
    {
        if (_estimate is { IsWhole: true })
        {
            return null;
        }

        // A share that rounds to nothing says nothing of the tribe either.
        if (_estimate is not { Voices: >= Limits.Tribes.FigureVoices } estimate || Thousandths.Of(estimate.Share) == 0)
        {
            return new KnownStrata(null, 0, -(int)Thousandths.One, (int)Thousandths.One);
        }

        var score = Math.Clamp(Noised(estimate), -1, 1);
        var rest = 1 - estimate.Share;
        return new KnownStrata(
            Tenths(score),
            (int)Thousandths.Of(estimate.Share),
            Tenths((score * estimate.Share) - rest, Math.Floor),
            Tenths((score * estimate.Share) + rest, Math.Ceiling));
    }

    /// <summary>Judged on a change that is blurred as well, and with the noise in its error.</summary>
    private Direction DirectionOf()
    {
        if (MoodRules.Change(sums, _estimate) is not { } change)
        {
            return Direction.Unknown;
        }

        var scale = Scale(2 * change.Heaviest);
        var blurred = change.Score + (ReleaseNoise.Draw(seed, "direction", sums, scale) / (double)Thousandths.One);
        var error = Math.Sqrt(change.Variance + NoiseVariance(2 * change.Heaviest));
        var least = Math.Max(Limits.Tribes.DirectionLeast / (double)Thousandths.One, Limits.Tribes.DirectionErrors * error);
        return blurred >= least ? Direction.Rising : blurred <= -least ? Direction.Falling : Direction.Steady;
    }

    private ImmutableArray<string> TopTopics() => [.. Frequent().Select(topic => topic.Topic)];

    private ImmutableArray<StandingCut> Cuts() => sums.All.Members < Limits.Tribes.StandingMembers
        ? []
        : [.. Frequent().Select(topic => new StandingCut(
            topic.Topic,
            Cut(topic, sums.All.Members * Limits.Tribes.ListenedToPercent / 100),
            Cut(topic, sums.All.Members * Limits.Tribes.LeadingVoicePercent / 100)))];

    /// <summary>Chosen and ordered by blurred counts: an exact threshold, or order, would tell whoever has almost enough accounts with a topic whether one more member has it.</summary>
    private IEnumerable<TopicSums> Frequent() => sums.Topics
        .Where(topic => topic.Members >= Limits.Tribes.TopicMembersLeast)
        .Select(topic => (Topic: topic, Members: Blurred(topic)))
        .Where(one => one.Members >= Limits.Tribes.TopicMembers)
        .OrderByDescending(one => one.Members)
        .ThenBy(one => one.Topic.Topic, StringComparer.Ordinal)
        .Take(Limits.Tribes.TopTopics)
        .Select(one => one.Topic);

    /// <summary>A member's contribution has so many topics, each of which counts them once.</summary>
    private double Blurred(TopicSums topic)
    {
        const double scale = Limits.Groups.Topics * Thousandths.One / Limits.Tribes.TopicEpsilon;
        return topic.Members + (ReleaseNoise.Draw(seed, $"topic\n{topic.Topic}\n{topic.Members}", sums, scale) / (double)Thousandths.One);
    }

    /// <summary>The least influence that at most <paramref name="most"/> members reach.</summary>
    private static int Cut(TopicSums topic, int most)
    {
        var (cut, reached) = (MostInfluence + 1, 0);
        foreach (var count in topic.Influence.Reverse())
        {
            reached += count.Members;
            if (reached > most)
            {
                break;
            }

            cut = count.Influence;
        }

        return cut;
    }

    private double Noised(MoodEstimate estimate) =>
        estimate.Score + (ReleaseNoise.Draw(seed, "corrected", sums, Scale(estimate.Heaviest)) / (double)Thousandths.One);

    /// <summary>In thousandths: one member can move a figure by at most twice their weight.</summary>
    private double Scale(double weight) => 2 * weight * Thousandths.One / _epsilon;

    private double NoiseVariance(double weight) => 2 * Math.Pow(Scale(weight) / Thousandths.One, 2);

    private static int Tenths(double score, Func<double, double>? round = null)
    {
        const int steps = (int)Thousandths.One / Limits.Tribes.ScoreStep;

        // What floating point adds in the last digits must not decide what lies half-way between two tenths.
        var exact = Math.Round(Math.Clamp(score, -1, 1) * steps, 9);
        return (int)(round?.Invoke(exact) ?? Math.Round(exact, MidpointRounding.AwayFromZero)) * Limits.Tribes.ScoreStep;
    }
}
