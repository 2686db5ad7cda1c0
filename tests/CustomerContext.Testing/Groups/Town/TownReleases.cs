namespace CustomerContext.Testing.Groups.Town;

/// <summary>A tribe's release in the model. Scores in thousandths.</summary>
public sealed record TownTribeRelease(
    long Number,
    long At,
    long NextAt,
    int? Shown,
    (int Score, int Low, int High)? Corrected,
    (int? Score, int Share, int Low, int High)? Known,
    string Direction,
    string Topics,
    int Heard,
    int Members);

/// <summary>A network's release in the model.</summary>
public sealed record TownNetworkRelease(string Word, string Week, string Month, string Size, long At);

/// <summary>What the model remembers of one group between releases.</summary>
internal sealed class TownMemory
{
    public long NextAt { get; set; }

    public long Number { get; set; }

    public TownTribeRelease? Tribe { get; set; }

    public TownNetworkRelease? Network { get; set; }

    /// <summary>Scores of the last release, by customer.</summary>
    public Dictionary<string, (int Score, int? PostScore)> Last { get; set; } = [];

    /// <summary>How many the last release was made from.</summary>
    public int Contributors { get; set; }

    /// <summary>True if somebody of the last release was removed since.</summary>
    public bool IsSomebodyGone { get; set; }

    /// <summary>Of each two network releases in a row: when, how many in both, their changes.</summary>
    public List<(long From, long At, int[] Changes)> Links { get; } = [];
}
