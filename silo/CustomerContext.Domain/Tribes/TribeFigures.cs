using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;

namespace CustomerContext.Domain.Tribes;

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

        if (_estimate is not { Voices: >= Limits.Tribes.FigureVoices } estimate)
        {
            return new KnownStrata(0, 0, -(int)Thousandths.One, (int)Thousandths.One);
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

    private ImmutableArray<string> TopTopics() => [.. Frequent().Take(Limits.Tribes.TopTopics).Select(topic => topic.Topic)];

    private ImmutableArray<StandingCut> Cuts() => sums.All.Members < Limits.Tribes.StandingMembers
        ? []
        : [.. Frequent().Take(Limits.Tribes.TopTopics).Select(topic => new StandingCut(
            topic.Topic,
            Cut(topic, sums.All.Members * Limits.Tribes.ListenedToPercent / 100),
            Cut(topic, sums.All.Members * Limits.Tribes.LeadingVoicePercent / 100)))];

    private IEnumerable<TopicSums> Frequent() => sums.Topics
        .Where(topic => topic.Members >= Limits.Tribes.TopicMembers)
        .OrderByDescending(topic => topic.Members)
        .ThenBy(topic => topic.Topic, StringComparer.Ordinal);

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
