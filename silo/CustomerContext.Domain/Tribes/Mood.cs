using CustomerContext.Domain.Groups;

namespace CustomerContext.Domain.Tribes;

/// <summary>How members' contributions make a mood. Formulas: docs/groups.md.</summary>
public static class MoodRules
{
    /// <summary>The mood as others show it: mean per post, in [-1, 1]; absent if nobody wrote.</summary>
    public static double? PerPost(GroupSums sums) =>
        sums.Posts.Posts == 0 ? null : (double)sums.Posts.Score / (sums.Posts.Posts * Limits.Groups.ScoreSteps);

    /// <summary>
    /// Corrected for the vocal minority: what the strata with at least <see cref="Limits.Tribes.StratumVoices"/> voices say, each weighted by its members. Whole
    /// (<see cref="MoodEstimate.IsWhole"/>) only if these are all that have members. Absent if there is none.
    /// </summary>
    public static MoodEstimate? Corrected(GroupSums sums)
    {
        var known = sums.Strata.Where(IsKnown).ToList();
        if (known.Count == 0)
        {
            return null;
        }

        var members = known.Sum(stratum => (double)stratum.Members);
        var (score, variance, spread, heaviest) = (0.0, 0.0, 0.0, 0.0);
        foreach (var stratum in known)
        {
            var share = stratum.Members / members;
            var part = share * share * (1 - ((double)stratum.Voices / stratum.Members)) * Variance(stratum) / stratum.Voices;
            score += share * stratum.Score / (stratum.Voices * (double)Limits.Groups.ScoreSteps);
            variance += part;
            spread += part * part / (stratum.Voices - 1);
            heaviest = Math.Max(heaviest, share / stratum.Voices);
        }

        return new MoodEstimate(
            score,
            variance,
            spread > 0 ? variance * variance / spread : double.PositiveInfinity,
            members / sums.All.Members,
            known.Sum(stratum => stratum.Voices),
            heaviest);
    }

    /// <summary>
    /// Change since the last release, of members present in both only: weighted as the corrected mood if that is whole, else by post. In [-2, 2] with its variance; absent if too few
    /// are in both.
    /// </summary>
    public static MoodChange? Change(GroupSums sums, MoodEstimate? corrected)
    {
        if (corrected is not { IsWhole: true })
        {
            var posts = sums.Posts;
            return posts.Both == 0 || sums.All.Both < Limits.Tribes.StratumVoices
                ? null
                : new MoodChange(Score(posts.Change, posts.Both), posts.Spread / Square(Limits.Groups.ScoreSteps * (double)posts.Both), (double)posts.Most / posts.Both);
        }

        var (change, variance, heaviest) = (0.0, 0.0, 0.0);
        foreach (var stratum in sums.Strata.Where(stratum => stratum.Members > 0))
        {
            if (stratum.Both < Limits.Tribes.StratumVoices)
            {
                return null;
            }

            var share = (double)stratum.Members / sums.All.Members;
            change += share * Score(stratum.Change, stratum.Both);
            variance += share * share * Spread(stratum.ChangeSquares, stratum.Change, stratum.Both) / stratum.Both;
            heaviest = Math.Max(heaviest, share / stratum.Both);
        }

        return new MoodChange(change, variance, heaviest);
    }

    private static bool IsKnown(StratumSums stratum) => stratum.Voices >= Limits.Tribes.StratumVoices;

    private static double Variance(StratumSums stratum) => Spread(stratum.Squares, stratum.Score, stratum.Voices);

    /// <summary>s^2 of n values in 1/50, from the sum of their squares and their sum.</summary>
    private static double Spread(long squares, long sum, int n) => (squares - ((double)sum * sum / n)) / (n - 1) / Square(Limits.Groups.ScoreSteps);

    private static double Score(long sum, long n) => sum / (n * (double)Limits.Groups.ScoreSteps);

    private static double Square(double value) => value * value;
}

/// <summary>What strata say together, before noise and rounding.</summary>
/// <param name="Score">Each stratum's mean weighted by its share of the whole membership, in [-1, 1].</param>
/// <param name="Variance">Of the score: sum of share^2 (1 - n / N) s^2 / n.</param>
/// <param name="Degrees">Degrees of freedom of the variance (Satterthwaite 1946); infinite where there is no variance.</param>
/// <param name="Share">Share of the membership that these strata make up, in (0, 1]; 1 if all are known.</param>
/// <param name="Voices">Voices in them.</param>
/// <param name="Heaviest">The weight of the heaviest voice: by twice this, at most, one member can move the score.</param>
public readonly record struct MoodEstimate(double Score, double Variance, double Degrees, double Share, int Voices, double Heaviest)
{
    /// <summary>True if every stratum that has members has voices enough.</summary>
    public bool IsWhole => Share == 1;

    /// <summary>Half of the 90 % interval, for a variance made larger by that of noise (0: none).</summary>
    public double HalfWidth(double noiseVariance) => StudentT.Quantile95(Degrees) * Math.Sqrt(Variance + noiseVariance);
}

/// <summary>How much the members of two releases changed between them.</summary>
/// <param name="Score">In [-2, 2].</param>
/// <param name="Variance">Of the change.</param>
/// <param name="Heaviest">The weight of the heaviest of them.</param>
public readonly record struct MoodChange(double Score, double Variance, double Heaviest);

/// <summary>Quantiles of Student's t.</summary>
public static class StudentT
{
    private const double Normal95 = 1.6448536269514722;

    /// <summary>
    /// The 95 % quantile, which bounds a two-sided 90 % interval. Cornish-Fisher expansion about the normal quantile (Abramowitz and Stegun 26.7.5), off by less
    /// than 0.003 from 4 degrees on.
    /// </summary>
    /// <param name="degrees">Degrees of freedom, at least 1; need not be whole.</param>
    public static double Quantile95(double degrees)
    {
        const double z = Normal95;
        const double z3 = z * z * z;
        const double z5 = z3 * z * z;
        const double z7 = z5 * z * z;
        const double z9 = z7 * z * z;
        var v = Math.Max(1, degrees);
        return z
            + ((z3 + z) / (4 * v))
            + (((5 * z5) + (16 * z3) + (3 * z)) / (96 * v * v))
            + (((3 * z7) + (19 * z5) + (17 * z3) - (15 * z)) / (384 * v * v * v))
            + (((79 * z9) + (776 * z7) + (1482 * z5) - (1920 * z3) - (945 * z)) / (92160 * v * v * v * v));
    }
}
