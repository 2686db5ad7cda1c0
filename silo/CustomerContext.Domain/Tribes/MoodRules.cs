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
