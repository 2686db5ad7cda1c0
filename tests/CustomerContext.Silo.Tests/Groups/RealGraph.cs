using System.Globalization;
using QuikGraph;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>Who is a friend of whom, who follows whom, and who wrote a message when: of the folder named by REAL_DATA, or made up in the same shape.</summary>
/// <param name="Friendships">Mutual; each once.</param>
/// <param name="Follows">From who follows.</param>
/// <param name="Messages">Who wrote, and the Unix second, earliest first; of the people of the friendships.</param>
/// <param name="IsReal">False if made up.</param>
internal sealed record RealGraph(IReadOnlyList<UndirectedEdge<int>> Friendships, IReadOnlyList<Edge<int>> Follows, IReadOnlyList<(int Who, long At)> Messages, bool IsReal)
{
    /// <summary>In the follows there are about six times as many people as in the friendships.</summary>
    private const int FollowedTimes = 7;

    /// <summary>Its first <paramref name="people"/>.</summary>
    public static RealGraph Read(int people)
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("REAL_DATA") ?? "none", "social");
        return Directory.Exists(folder)
            ? new RealGraph(
                [.. Numbers(folder, "ego_facebook_edges.txt").Select(line => new UndirectedEdge<int>((int)line[0], (int)line[1])).Where(edge => edge.Target < people)],
                [.. Numbers(folder, "nostr_follows.tsv").Select(line => new Edge<int>((int)line[0], (int)line[1])).Where(edge => edge.Source < people && edge.Target < FollowedTimes * people)],
                [.. Numbers(folder, "college_messages.txt").Select(line => (Who: (int)line[0], At: line[2])).Where(message => message.Who < people).OrderBy(message => message.At)],
                true)
            : Made(people);
    }

    private static IEnumerable<long[]> Numbers(string folder, string file) =>
        from line in File.ReadLines(Path.Combine(folder, file))
        where char.IsAsciiDigit(line[0])
        select line.Split(' ', '\t').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();

    /// <summary>Whoever has friends gets more: drawn from the ends of the ties so far.</summary>
    private static RealGraph Made(int people)
    {
        var random = new Random(people);
        var ends = new List<int> { 0 };
        var friendships = new HashSet<(int, int)>();
        for (var who = 1; who < people; who++)
        {
            for (var tie = 0; tie < 20; tie++)
            {
                var other = ends[random.Next(ends.Count)];
                if (other != who && friendships.Add((Math.Min(who, other), Math.Max(who, other))))
                {
                    ends.AddRange([who, other]);
                }
            }

            ends.Add(who);
        }

        var follows = Enumerable.Range(0, people * 5).Select(_ => (random.Next(people / 10), random.Next(people * FollowedTimes))).Where(one => one.Item1 != one.Item2).Distinct();
        var messages = Enumerable.Range(0, people * 15).Select(at => (random.Next(1 + random.Next(people)), 1_000_000_000L + (at * 1_100L)));
        return new RealGraph([.. friendships.Select(one => new UndirectedEdge<int>(one.Item1, one.Item2))], [.. follows.Select(one => new Edge<int>(one.Item1, one.Item2))], [.. messages], false);
    }
}
