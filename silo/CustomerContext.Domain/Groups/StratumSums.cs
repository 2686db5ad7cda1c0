using Orleans;

namespace CustomerContext.Domain.Groups;

/// <summary>The members of one stratum together. Scores in 1/50, their squares in 1/2500.</summary>
/// <param name="Members">All, heard or not.</param>
/// <param name="Voices">Those who are heard, one voice each.</param>
/// <param name="Score">Sum of their scores.</param>
/// <param name="Squares">Sum of their squares.</param>
/// <param name="Both">Voices that the last release heard too.</param>
/// <param name="Change">Sum of those voices' changes since.</param>
/// <param name="ChangeSquares">Sum of the squares of the changes.</param>
/// <param name="Moved">Voices that the last release did not hear, or heard with another score.</param>
[GenerateSerializer, Immutable, Alias("StratumSums")]
public readonly record struct StratumSums(
    [property: Id(0)] int Members,
    [property: Id(1)] int Voices,
    [property: Id(2)] long Score,
    [property: Id(3)] long Squares,
    [property: Id(4)] int Both,
    [property: Id(5)] long Change,
    [property: Id(6)] long ChangeSquares,
    [property: Id(7)] int Moved)
{
    /// <summary>One member.</summary>
    public static StratumSums Of(Contribution contribution, bool isHeard, ReleasedScore? released)
    {
        if (!isHeard)
        {
            return new StratumSums(1, 0, 0, 0, 0, 0, 0, 0);
        }

        var score = contribution.Score!.Value;
        var change = released is { } before ? score - before.Score : 0;
        return new StratumSums(
            1, 1, score, score * score, released is null ? 0 : 1, change, change * change, released is null || change != 0 ? 1 : 0);
    }

    /// <summary>Two disjoint sets of members together.</summary>
    public static StratumSums operator +(StratumSums left, StratumSums right) => new(
        left.Members + right.Members,
        left.Voices + right.Voices,
        left.Score + right.Score,
        left.Squares + right.Squares,
        left.Both + right.Both,
        left.Change + right.Change,
        left.ChangeSquares + right.ChangeSquares,
        left.Moved + right.Moved);

    /// <summary>Two disjoint sets of members together.</summary>
    public static StratumSums Add(StratumSums left, StratumSums right) => left + right;
}
