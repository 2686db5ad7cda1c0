using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Tribes;

namespace CustomerContext.Testing.Groups;

/// <summary>How well a tribe's mood is found out, over many made-up tribes of one kind.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Populations">How many.</param>
/// <param name="PerPost">Root mean square error of the mean per post.</param>
/// <param name="OneVoiceEach">Of the mean of the voices, one each.</param>
/// <param name="Corrected">Of the corrected mood, before noise and rounding.</param>
/// <param name="Released">Of the corrected mood as released.</param>
/// <param name="Coverage">Share of the 90 % intervals, before noise and rounding, that hold the truth.</param>
/// <param name="ReleasedCoverage">The same of the intervals released, which allow for noise and are rounded outwards.</param>
/// <param name="Unknown">Share of the tribes that are told that there is no corrected mood.</param>
public sealed record MinorityTrial(
    string Kind,
    int Populations,
    double PerPost,
    double OneVoiceEach,
    double Corrected,
    double Released,
    double Coverage,
    double ReleasedCoverage,
    double Unknown)
{
    private const int Members = 2_000;
    private static readonly DateTimeOffset Now = new(2026, 11, 19, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Runs it.</summary>
    public static MinorityTrial Run(PopulationKind kind, int populations, int seed)
    {
        var (perPost, oneVoice, corrected, released) = (new Errors(), new Errors(), new Errors(), new Errors());
        var (covered, releasedCovered, unknown) = (0, 0, 0);
        for (var i = 0; i < populations; i++)
        {
            var population = new Population(HashCode(seed, i), Members, kind);
            var (truth, sums) = (population.Truth, population.Sums(Now));
            perPost.Add(MoodRules.PerPost(sums)!.Value - truth);
            oneVoice.Add((sums.All.Score / (50.0 * sums.All.Voices)) - truth);
            var release = TribeReleaseRules.Release(TribeHistory.Empty, sums, new ReleaseSeed((ulong)seed, (ulong)i), 0, Now).Last!;
            if (release.Corrected is not { } shown)
            {
                unknown++;
                continue;
            }

            var estimate = MoodRules.Corrected(sums)!.Value;
            corrected.Add(estimate.Score - truth);
            released.Add((shown.Score / 1000.0) - truth);
            covered += Math.Abs(estimate.Score - truth) <= estimate.HalfWidth(0) ? 1 : 0;
            releasedCovered += truth * 1000 >= shown.Low && truth * 1000 <= shown.High ? 1 : 0;
        }

        var known = Math.Max(1, populations - unknown);
        return new MinorityTrial(
            kind.Name, populations, perPost.Root, oneVoice.Root, corrected.Root, released.Root,
            (double)covered / known, (double)releasedCovered / known, (double)unknown / populations);
    }

    private static int HashCode(int seed, int i) => unchecked((seed * 1_000_003) + i);

    private sealed class Errors
    {
        private double _squares;
        private int _count;

        public double Root => _count == 0 ? 0 : Math.Sqrt(_squares / _count);

        public void Add(double error) => (_squares, _count) = (_squares + (error * error), _count + 1);
    }
}
