namespace CustomerContext.Testing.Groups.Town;

/// <summary>What a group's members add up to, in the model. Scores in 1/50.</summary>
/// <param name="Strata">Silent, few, many.</param>
/// <param name="Posts">Posts of heard members.</param>
/// <param name="PostScore">Posts x score.</param>
/// <param name="MostPosts">The most of one.</param>
/// <param name="Topics">How many have which topic on their minds.</param>
public sealed record TownSums(IReadOnlyList<TownStratum> Strata, long Posts, long PostScore, int MostPosts, IReadOnlyDictionary<string, int> Topics)
{
    internal int Heard => Strata.Sum(stratum => stratum.Heard);

    internal int Members => Strata.Sum(stratum => stratum.Members);

    internal string Digits => string.Join('\n', Strata.Select(stratum => $"{stratum.Members} {stratum.Heard} {stratum.Score} {stratum.Squares}").Append($"{Posts} {PostScore} {MostPosts}"));
}

/// <summary>One stratum.</summary>
/// <param name="Members">All.</param>
/// <param name="Heard">Those heard.</param>
/// <param name="Score">Sum of their scores.</param>
/// <param name="Squares">Of their squares.</param>
public sealed record TownStratum(int Members, int Heard, long Score, long Squares);
