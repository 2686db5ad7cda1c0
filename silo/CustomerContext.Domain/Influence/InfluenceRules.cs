using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;

namespace CustomerContext.Domain.Influence;

/// <summary>
/// How much a customer's voice counts on a topic. Posts, followers and purchases are not in it: only that others replied, and that they found it
/// helpful. Reach r / (r + 10) over r distinct people; reputation is Wilson's lower bound (Wilson 1927, 95 %) of helpful / answered; influence is the
/// square root of their product.
/// </summary>
public static class InfluenceRules
{
    private const double Normal95 = 1.959964;

    /// <summary>Somebody, named by their pseudonym to this customer, replied to them or marked an answer helpful. Only of people who contribute.</summary>
    public static InfluenceState Reached(InfluenceState state, string topic, Pseudonym person, DateTimeOffset at)
    {
        var week = Week(at);
        return Change(state, topic, week, reach =>
        {
            var known = reach.People.FirstOrDefault(other => other.Pseudonym == person);
            var others = reach.People.RemoveAll(other => other.Pseudonym == person);
            ImmutableArray<ReachedPerson> people = [.. others.Append(new ReachedPerson(person, Math.Max(week, known.Week))).OrderBy(other => other.Pseudonym)];
            return reach with { People = Newest(people) };
        });
    }

    /// <summary>Takes a person out of every reach: they withdrew, or are erased.</summary>
    public static InfluenceState Forget(InfluenceState state, Pseudonym person) => new(
    [
        .. state.Topics
            .Select(reach => reach with { People = reach.People.RemoveAll(other => other.Pseudonym == person) })
            .Where(reach => !reach.People.IsEmpty || !reach.Weeks.IsEmpty),
    ]);

    /// <summary>The customer answered somebody.</summary>
    public static InfluenceState Answered(InfluenceState state, string topic, DateTimeOffset at) => Count(state, topic, Week(at), answered: 1, helpful: 0);

    /// <summary>An answer of the customer's was marked helpful.</summary>
    public static InfluenceState Helpful(InfluenceState state, string topic, DateTimeOffset at) => Count(state, topic, Week(at), answered: 0, helpful: 1);

    /// <summary>The customer's influence on each topic with any, at <paramref name="now"/>; ordinal by topic.</summary>
    public static ImmutableArray<TopicInfluence> Of(InfluenceState state, DateTimeOffset now) =>
        [.. state.Topics.Select(reach => Of(reach, Week(now))).Where(influence => influence.Score > 0)];

    /// <summary>The influence on one topic as it is contributed: in 1/50, rounded down.</summary>
    public static int Contributed(InfluenceState state, string topic, DateTimeOffset now) =>
        state.Topics.FirstOrDefault(reach => reach.Topic == topic) is { } known
            ? (int)(Of(known, Week(now)).Score * (long)Limits.Groups.ScoreSteps / Thousandths.One)
            : 0;

    /// <summary>Unix second at which some of it becomes too old; <see cref="long.MaxValue"/> if there is none.</summary>
    public static long ChangesAt(InfluenceState state, DateTimeOffset now) => state.Topics
        .SelectMany(reach => reach.People.Select(person => person.Week).Concat(reach.Weeks.Select(week => week.Week)))
        .Select(week => (week + Limits.Influence.Weeks) * Seconds.Week)
        .Where(end => end > now.ToUnixTimeSeconds())
        .DefaultIfEmpty(long.MaxValue)
        .Min();

    /// <summary>Wilson's lower bound of a share, in [0, 1]; 0 of nothing.</summary>
    public static double LowerBound(int part, int whole)
    {
        if (whole == 0)
        {
            return 0;
        }

        var (share, square) = ((double)part / whole, Normal95 * Normal95);
        var spread = Normal95 * Math.Sqrt(((share * (1 - share)) + (square / (4 * whole))) / whole);
        return Math.Max(0, (share + (square / (2 * whole)) - spread) / (1 + (square / whole)));
    }

    private static TopicInfluence Of(TopicReach reach, int week)
    {
        var people = reach.People.Count(person => IsRecent(person.Week, week));
        var weeks = reach.Weeks.Where(answers => IsRecent(answers.Week, week)).ToList();
        var helpful = weeks.Sum(answers => answers.Helpful);
        var answered = Math.Max(helpful, weeks.Sum(answers => answers.Answered));
        var score = Math.Sqrt((double)people / (people + Limits.Influence.HalfReach) * LowerBound(helpful, answered));
        return new TopicInfluence(reach.Topic, (int)Thousandths.Of(score), people, helpful, answered);
    }

    private static bool IsRecent(int week, int now) => week > now - Limits.Influence.Weeks && week <= now;

    private static InfluenceState Count(InfluenceState state, string topic, int week, int answered, int helpful) => Change(state, topic, week, reach =>
    {
        var known = reach.Weeks.FirstOrDefault(other => other.Week == week);
        return reach with
        {
            Weeks =
            [
                .. reach.Weeks
                    .Where(other => other.Week != week)
                    .Append(new AnswerWeek(week, known.Answered + answered, known.Helpful + helpful))
                    .OrderBy(other => other.Week),
            ],
        };
    });

    /// <summary>The state with one topic changed, without what is too old, and without the topic that reached fewest if there are too many.</summary>
    private static InfluenceState Change(InfluenceState state, string topic, int week, Func<TopicReach, TopicReach> change)
    {
        var known = state.Topics.FirstOrDefault(reach => reach.Topic == topic) ?? new TopicReach(topic, [], []);
        var newest = Math.Max(week, state.Topics.SelectMany(reach => reach.People.Select(person => person.Week).Concat(reach.Weeks.Select(each => each.Week))).DefaultIfEmpty(week).Max());
        ImmutableArray<TopicReach> topics =
        [
            .. state.Topics
                .Where(reach => reach.Topic != topic)
                .Append(change(known))
                .Select(reach => Recent(reach, newest))
                .Where(reach => !reach.People.IsEmpty || !reach.Weeks.IsEmpty)
                .OrderBy(reach => reach.Topic, StringComparer.Ordinal),
        ];
        return new InfluenceState(topics.Length > Limits.Influence.Topics ? topics.Remove(topics.MinBy(reach => reach.People.Length)!) : topics);
    }

    private static TopicReach Recent(TopicReach reach, int week) => reach with
    {
        People = reach.People.RemoveAll(person => person.Week <= week - Limits.Influence.Weeks),
        Weeks = reach.Weeks.RemoveAll(answers => answers.Week <= week - Limits.Influence.Weeks),
    };

    private static ImmutableArray<ReachedPerson> Newest(ImmutableArray<ReachedPerson> people) => people.Length > Limits.Influence.People
        ? people.Remove(people.OrderBy(person => person.Week).ThenBy(person => person.Pseudonym).First())
        : people;

    private static int Week(DateTimeOffset at) => (int)(at.ToUnixTimeSeconds() / Seconds.Week);
}
