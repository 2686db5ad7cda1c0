using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using Orleans;

namespace CustomerContext.Domain.Networks;

/// <summary>What a network has released to one audience.</summary>
/// <param name="Mood">What is shown now; absent: too few contribute, or somebody in the last release has gone.</param>
/// <param name="Contributors">How many the last release was made from, shown or not; 0 before the first.</param>
/// <param name="Steps">From each release to the next, of the last 30 days; oldest first.</param>
[GenerateSerializer, Immutable, Alias("NetworkState")]
public sealed record NetworkState(
    [property: Id(0)] NetworkMood? Mood,
    [property: Id(1)] int Contributors,
    [property: Id(2)] ImmutableArray<NetworkStride> Steps)
{
    /// <summary>The releases of the last <see cref="Limits.Networks.HistoryDays"/>, oldest first; none from before somebody in them had gone.</summary>
    [Id(3)]
    public ImmutableArray<NetworkMood> History { get; init; } = [];

    /// <summary>Nothing yet.</summary>
    public static NetworkState Empty { get; } = new(null, 0, []);
}

/// <summary>How contributors changed from one release to the next, those in both only. Links of a chain, as of a price index: what came or went in between does not move it.</summary>
/// <param name="From">The earlier release.</param>
/// <param name="At">The later one.</param>
/// <param name="Both">How many are in both.</param>
/// <param name="Change">Sum of their changes in 1/50.</param>
/// <param name="Squares">Sum of the squares.</param>
[GenerateSerializer, Immutable, Alias("NetworkStride")]
public readonly record struct NetworkStride(
    [property: Id(0)] DateTimeOffset From,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] int Both,
    [property: Id(3)] long Change,
    [property: Id(4)] long Squares);

/// <summary>All that is ever shown of a network: the same until the next release.</summary>
/// <param name="Word">The mood.</param>
/// <param name="Week">Where it went over a week, from contributors present in each two releases in a row.</param>
/// <param name="Month">The same over 30 days.</param>
/// <param name="Size">Roughly how many contribute.</param>
/// <param name="At">When it was released.</param>
[GenerateSerializer, Immutable, Alias("NetworkMood")]
public sealed record NetworkMood(
    [property: Id(0)] MoodWord Word,
    [property: Id(1)] Direction Week,
    [property: Id(2)] Direction Month,
    [property: Id(3)] SizeBand Size,
    [property: Id(4)] DateTimeOffset At);

/// <summary>A network's mood in a word.</summary>
public enum MoodWord
{
    /// <summary>A mean of at most -0.2.</summary>
    Low = 1,

    /// <summary>Between.</summary>
    Mixed = 2,

    /// <summary>A mean of at least 0.2.</summary>
    Good = 3,
}

/// <summary>Roughly how many. The numbers are those of the public contract.</summary>
public enum SizeBand
{
    /// <summary>5 to 9.</summary>
    From5 = 1,

    /// <summary>10 to 24.</summary>
    From10 = 2,

    /// <summary>25 to 49.</summary>
    From25 = 3,

    /// <summary>50 or more.</summary>
    From50 = 4,
}

/// <summary>
/// What a network releases once a day. It releases so little and so seldom that one friend alone cannot change it. The word comes from the mean of their scores, each taken as at most 0.5 either way, plus
/// discrete Laplace noise of scale 1 / (n eps), n being the contributors. It is drawn once for <see cref="Limits.Networks.NoiseDays"/> days and the same contributors: so reading every day does not average it away, and comparing with and without somebody
/// does not cancel it.
/// </summary>
public static class NetworkReleaseRules
{
    /// <summary>By how much one contributor can move the sum of all, in thousandths.</summary>
    private const double Most = 2.0 * Limits.Networks.MostScore * Thousandths.One / Limits.Groups.ScoreSteps;

    /// <summary>
    /// The network after the release time <paramref name="at"/>. Contributors are the members who are heard and have contributed for 7 days; 7 of them open the gate, fewer than 5 close
    /// it. A new release needs 5 who are new, gone or of another score since the last; otherwise the old one stays with its age, unless somebody in it was removed: then it is absent.
    /// </summary>
    /// <param name="state">Before.</param>
    /// <param name="members">Who is in it.</param>
    /// <param name="seed">Of this network and <see cref="NoiseFrom"/>.</param>
    /// <param name="at">One of its release times.</param>
    public static NetworkStep Release(NetworkState state, GroupMembers members, ReleaseSeed seed, DateTimeOffset at)
    {
        // Whoever has gone is in nothing that can be read any more.
        state = members.Gone > 0 ? state with { History = [] } : state;
        var sums = GroupSums.Of(members, at, Settled(at)).All;
        if (sums.Voices < (state.Mood is null ? Limits.Networks.ShownFrom : Limits.Networks.GoneBelow))
        {
            return new NetworkStep(state with { Mood = null }, members);
        }

        var changed = sums.Moved + state.Contributors - sums.Both;
        return changed >= Limits.Networks.Changed ? new NetworkStep(Anew(state, sums, Word(members, sums, seed, at), at), GroupRules.RecordReleased(members, at, Settled(at)))
            : members.Gone > 0 ? new NetworkStep(state with { Mood = null }, members)
            : new NetworkStep(state, members);
    }

    /// <summary>The beginning of the stretch of time that shares its noise with <paramref name="at"/>: what the seed is made for.</summary>
    public static DateTimeOffset NoiseFrom(DateTimeOffset at)
    {
        const long period = Limits.Networks.NoiseDays * Seconds.Day;
        return DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds() / period * period);
    }

    private static NetworkState Anew(NetworkState state, StratumSums sums, MoodWord word, DateTimeOffset at)
    {
        var first = at.AddDays(-Limits.Networks.MonthDays);
        ImmutableArray<NetworkStride> steps =
        [
            .. state.Steps.Where(step => step.At > first),
            .. LastRelease(state) is { } from ? [new NetworkStride(from, at, sums.Both, sums.Change, sums.ChangeSquares)] : ImmutableArray<NetworkStride>.Empty,
        ];
        if (steps.IsEmpty)
        {
            steps = [new NetworkStride(at, at, sums.Voices, 0, 0)];
        }

        var mood = new NetworkMood(word, Went(steps, at, Limits.Networks.WeekDays), Went(steps, at, Limits.Networks.MonthDays), Band(sums.Voices), at);
        var history = state.History.Where(release => release.At > at.AddDays(-Limits.Networks.HistoryDays));
        return new NetworkState(mood, sums.Voices, steps) { History = [.. history, mood] };
    }

    private static DateTimeOffset? LastRelease(NetworkState state) => state.Steps.IsEmpty ? null : state.Steps[^1].At;

    private static MoodWord Word(GroupMembers members, StratumSums sums, ReleaseSeed seed, DateTimeOffset at)
    {
        var (high, low, score) = (0UL, 0UL, 0L);
        foreach (var contribution in members.Members.Select(member => member.Contribution).Where(one => IsContributor(one, at)))
        {
            (high, low) = (high ^ contribution.Pseudonym.High, low ^ contribution.Pseudonym.Low);
            score += Math.Clamp(contribution.Score!.Value, -Limits.Networks.MostScore, Limits.Networks.MostScore);
        }

        var noise = ReleaseNoise.Draw(seed, $"word\n{high}\n{low}", Most / (sums.Voices * Limits.Networks.Epsilon));
        var mean = noise + Thousandths.Ratio(score, (double)sums.Voices * Limits.Groups.ScoreSteps);
        return mean <= Limits.Sentiment.UnhappyFrom ? MoodWord.Low : mean >= Limits.Sentiment.ContentFrom ? MoodWord.Good : MoodWord.Mixed;
    }

    private static bool IsContributor(Contribution contribution, DateTimeOffset at) =>
        contribution.Counts(at.ToUnixTimeSeconds(), Settled(at).ToUnixTimeSeconds()) && contribution.IsHeard(at.ToUnixTimeSeconds());

    private static DateTimeOffset Settled(DateTimeOffset at) => at.AddDays(-Limits.Networks.SettledDays);

    private static SizeBand Band(int contributors) => contributors switch
    {
        < 10 => SizeBand.From5,
        < 25 => SizeBand.From10,
        < 50 => SizeBand.From25,
        _ => SizeBand.From50,
    };

    /// <summary>The links that end within so many days, added up. Unknown if they do not reach back so far, or one has fewer than 5 contributors in both.</summary>
    private static Direction Went(ImmutableArray<NetworkStride> steps, DateTimeOffset at, int days)
    {
        var first = at.AddDays(-days);
        var links = steps.Where(step => step.At > first && step.From < step.At).ToList();
        if (links.Count == 0 || links[0].From > first || links.Any(step => step.Both < Limits.Networks.Changed))
        {
            return Direction.Unknown;
        }

        var change = links.Sum(step => (double)step.Change / step.Both) / Limits.Groups.ScoreSteps;
        var variance = links.Sum(step => (step.Squares - ((double)step.Change * step.Change / step.Both)) / (step.Both - 1) / step.Both)
            / (Limits.Groups.ScoreSteps * (double)Limits.Groups.ScoreSteps);
        var least = Math.Max(Limits.Sentiment.TrendLeast / (double)Thousandths.One, Limits.Sentiment.TrendErrors * Math.Sqrt(variance));
        return change >= least ? Direction.Rising : change <= -least ? Direction.Falling : Direction.Steady;
    }
}

/// <summary>A network after one of its release times.</summary>
/// <param name="State">What it shows.</param>
/// <param name="Members">Who is in it, marked if there is a new release.</param>
[GenerateSerializer, Immutable, Alias("NetworkStep")]
public sealed record NetworkStep([property: Id(0)] NetworkState State, [property: Id(1)] GroupMembers Members);
