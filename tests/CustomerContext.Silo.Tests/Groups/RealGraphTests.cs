using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Signals;
using CustomerContext.Testing;
using QuikGraph;
using Xunit.Abstractions;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>Friendships, follows and message times of real networks, loaded as signals: what is kept around people, and how many it is said to be, is what QuikGraph says of the same files.</summary>
public sealed class RealGraphTests
{
    private const string Support = "service.support";
    private const int Spots = 100;
    private const int AtOnce = 16;
    private const int DaysUntilShown = 8;
    private const int Week = 7 * 86_400;

    /// <summary>CC_REAL_GRAPH: of how many people; 4,039 are all of the friendships of REAL_DATA.</summary>
    private static readonly int _people = Trials.Count("CC_REAL_GRAPH", 120);

    private static readonly DateTimeOffset _now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ITestOutputHelper _output;
    private readonly JumpingTime _calendar = new();
    private readonly RealGraph _graph = RealGraph.Read(_people);
    private readonly Random _random = new(_people);
    private readonly ILookup<int, long> _messages;

    public RealGraphTests(ITestOutputHelper output)
    {
        _output = output;
        _messages = _graph.Messages.ToLookup(message => message.Who, message => message.At);
    }

    [Fact]
    public async Task Networks_OfRealPeople_AreWhatTheGraphSays()
    {
        _calendar.JumpTo(_now);
        using var data = new TempFolder();
        await using var silo = await GroupSilo.Start(data.Path, _calendar);
        var (friends, refused) = await Befriend(silo);
        var follows = await Follow(silo);
        CustomerKey[] everybody = [.. friends.Vertices.Select(Friend), .. follows.Vertices.Select(Fan)];
        await silo.Settled(everybody);
        for (var day = 1; day <= DaysUntilShown; day++)
        {
            _calendar.JumpTo(_now.AddDays(day));
            await Each(everybody, one => GroupSilo.Surely(() => silo.Remind(one)));
        }

        await silo.Settled(everybody);
        int[] spots = [.. friends.Vertices.OrderByDescending(friends.AdjacentDegree).Take(3), .. Some(friends.Vertices)];
        foreach (var who in spots)
        {
            await Check(silo, Friend(who), GroupKind.Friends, [.. friends.AdjacentVertices(who)], Posts);
        }

        int[] fans = [.. Some(follows.Vertices.Where(who => follows.OutDegree(who) > 0))];
        foreach (var fan in fans)
        {
            await Check(silo, Fan(fan), GroupKind.Followed, [.. follows.OutEdges(fan).Select(edge => edge.Target)], _ => 0);
        }

        _output.WriteLine($"{(_graph.IsReal ? "real" : "made up")}: {friends.VertexCount} people, {friends.EdgeCount} friendships, {refused} yeses beyond {Limits.Ties.Held} refused; "
            + $"{follows.EdgeCount} follows among {follows.VertexCount}; {_graph.Messages.Count} messages; {spots.Length} and {fans.Length} looked at");
    }

    /// <summary>Everybody answers, writes, and says yes to all their friends at once; of whoever has more than a customer may, the first in the file's order are kept.</summary>
    private async Task<(UndirectedGraph<int, UndirectedEdge<int>> Friends, int Refused)> Befriend(GroupSilo silo)
    {
        var wanted = _graph.Friendships.SelectMany(edge => ((int, int)[])[(edge.Source, edge.Target), (edge.Target, edge.Source)]).ToLookup(tie => tie.Item1, tie => tie.Item2);
        var held = wanted.ToDictionary(ties => ties.Key, ties => ties.Take(Limits.Ties.Held).ToHashSet());
        await Each(held.Keys, async who =>
        {
            ScoredSignal[] turns = [.. Messages(who).Select(at => silo.Turn(null, 0, [], at))];
            await GroupSilo.Surely(() => silo.SetPreferences(Friend(who), false, Support));
            await GroupSilo.Surely(() => silo.Publish(Friend(who), silo.Answer(AnswerOf(who))));
            await GroupSilo.Surely(() => silo.Publish(Friend(who), turns));
        });
        var refused = 0;
        await Each(held.Keys, async who =>
        {
            Signal[] ties = [.. wanted[who].Select(other => silo.Tie(Friend(other)))];
            await GroupSilo.Surely(async () =>
            {
                var refusals = await silo.Refusals(Friend(who), ties);
                Assert.All(refusals, refusal => Assert.Equal(RefusalReason.LimitReached, refusal.Reason));
                Interlocked.Add(ref refused, refusals.Count);
            });
        });
        Assert.Equal(wanted.Sum(ties => Math.Max(0, ties.Count() - Limits.Ties.Held)), refused);

        var friends = new UndirectedGraph<int, UndirectedEdge<int>>(false);
        friends.AddVerticesAndEdgeRange(_graph.Friendships.Where(edge => held[edge.Source].Contains(edge.Target) && held[edge.Target].Contains(edge.Source)));
        return (friends, refused);
    }

    private async Task<AdjacencyGraph<int, Edge<int>>> Follow(GroupSilo silo)
    {
        var follows = new AdjacencyGraph<int, Edge<int>>(false);
        follows.AddVerticesAndEdgeRange(_graph.Follows);
        await Each(follows.Vertices, async who =>
        {
            await GroupSilo.Surely(() => silo.SetPreferences(Fan(who), false, Support));
            await GroupSilo.Surely(() => silo.Publish(Fan(who), silo.Answer(AnswerOf(who))));
        });
        await Each(follows.Vertices, async who =>
        {
            Signal[] ties = [.. follows.OutEdges(who).Select(edge => silo.Tie(Fan(edge.Target), TieKind.Follows))];
            await GroupSilo.Surely(() => silo.Publish(Fan(who), ties));
        });
        return follows;
    }

    /// <summary>How many around somebody write how much, what they feel, and what is said of how many they are.</summary>
    private async Task Check(GroupSilo silo, CustomerKey around, GroupKind kind, int[] others, Func<int, int> posts)
    {
        var sums = GroupSums.Of(await silo.StoredNetwork(around, kind, Support), _calendar.GetUtcNow());
        var strata = Enumerable.Range(0, 3).Select(stratum => others.Where(other => (posts(other) >= 5 ? 2 : posts(other) > 0 ? 1 : 0) == stratum).Select(ScoreOf).ToArray());
        Assert.Equal(
            strata.Select(scores => (scores.Length, scores.Length, scores.Sum(score => (long)score), scores.Sum(score => (long)score * score))),
            sums.Strata.Select(stratum => (stratum.Members, stratum.Voices, stratum.Score, stratum.Squares)));
        SizeBand? size = others.Length switch { < 7 => null, < 10 => SizeBand.From5, < 25 => SizeBand.From10, < 50 => SizeBand.From25, _ => SizeBand.From50 };
        Assert.Equal(size, (await silo.StoredMood(around, kind, Support))?.Size);
    }

    private IEnumerable<int> Some(IEnumerable<int> people) => people.ToArray().OrderBy(_ => _random.Next()).Take(Spots);

    /// <summary>Their messages, moved so that the last of all was an hour ago.</summary>
    private IEnumerable<DateTimeOffset> Messages(int who) =>
        _messages[who].Select(at => _now.AddHours(-1).AddSeconds(at - _graph.Messages[^1].At));

    private int Posts(int who) => Messages(who).Count(at => at.ToUnixTimeSeconds() / Week > (_calendar.GetUtcNow().ToUnixTimeSeconds() / Week) - 13);

    private static CustomerKey Friend(int who) => new($"{who:x32}");

    private static CustomerKey Fan(int who) => new($"f{who:x31}");

    private static int AnswerOf(int who) => 1 + (who * 7 % 5);

    private static int ScoreOf(int who) => (AnswerOf(who) - 3) * 25;

    private static Task Each<T>(IEnumerable<T> all, Func<T, Task> act) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) => await act(one));
}
