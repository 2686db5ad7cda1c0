using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Tribes;
using Orleans;

namespace CustomerContext.Domain.Influence;

/// <summary>How other people reacted to what a customer said, over 90 days. Made by <see cref="InfluenceRules"/>.</summary>
/// <param name="Topics">Ordinal by topic, at most <see cref="Limits.Influence.Topics"/>.</param>
[GenerateSerializer, Immutable, Alias("InfluenceState")]
public sealed record InfluenceState([property: Id(0)] ImmutableArray<TopicReach> Topics)
{
    /// <summary>Nothing known.</summary>
    public static InfluenceState Empty { get; } = new([]);
}

/// <summary>The same of one topic.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="People">Distinct opted-in people who replied or found it helpful, by pseudonym; at most <see cref="Limits.Influence.People"/>.</param>
/// <param name="Weeks">Answers, ascending by week.</param>
[GenerateSerializer, Immutable, Alias("TopicReach")]
public sealed record TopicReach(
    [property: Id(0)] string Topic,
    [property: Id(1)] ImmutableArray<ReachedPerson> People,
    [property: Id(2)] ImmutableArray<AnswerWeek> Weeks);

/// <summary>Somebody who reacted.</summary>
/// <param name="Pseudonym">Who, to this customer only (<see cref="GroupKind.Reached"/>).</param>
/// <param name="Week">Unix week of the latest time.</param>
[GenerateSerializer, Immutable, Alias("ReachedPerson")]
public readonly record struct ReachedPerson([property: Id(0)] Pseudonym Pseudonym, [property: Id(1)] int Week);

/// <summary>Answers of one week.</summary>
/// <param name="Week">Unix week.</param>
/// <param name="Answered">Answers given.</param>
/// <param name="Helpful">Answers marked helpful.</param>
[GenerateSerializer, Immutable, Alias("AnswerWeek")]
public readonly record struct AnswerWeek([property: Id(0)] int Week, [property: Id(1)] int Answered, [property: Id(2)] int Helpful);

/// <summary>How much a customer's voice counts on one topic, and the two reasons.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="Score">Thousandths, 0 to 1000.</param>
/// <param name="People">First reason: distinct people who replied or found it helpful; counted up to <see cref="Limits.Influence.People"/>.</param>
/// <param name="Helpful">Second reason: answers marked helpful.</param>
/// <param name="Answered">Of so many answers.</param>
[GenerateSerializer, Immutable, Alias("TopicInfluence")]
public readonly record struct TopicInfluence(
    [property: Id(0)] string Topic,
    [property: Id(1)] int Score,
    [property: Id(2)] int People,
    [property: Id(3)] int Helpful,
    [property: Id(4)] int Answered);

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

    /// <summary>Removes a person from the people reached on every topic: they withdrew their consent, or are erased.</summary>
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

/// <summary>How a customer's influence compares with that of the other members of their tribes, as of the tribes' last releases.</summary>
public static class StandingRules
{
    /// <summary>The highest standing that any of <paramref name="tribes"/> gives; everyone, where the topic is not among a tribe's top topics or the tribe is small.</summary>
    public static Standing Of(TopicInfluence influence, IEnumerable<TribeRelease> tribes)
    {
        var steps = influence.Score * (long)Limits.Groups.ScoreSteps / Thousandths.One;
        var standing = Standing.Everyone;
        foreach (var cut in tribes.SelectMany(tribe => tribe.Cuts).Where(cut => cut.Topic == influence.Topic))
        {
            var here = steps >= cut.LeadingVoice ? Standing.LeadingVoice : steps >= cut.ListenedTo ? Standing.ListenedTo : Standing.Everyone;
            standing = here > standing ? here : standing;
        }

        return standing;
    }

    /// <summary>Topics as they are shown: highest standing first, then by name; at most 16.</summary>
    public static ImmutableArray<(TopicInfluence Influence, Standing Standing)> Shown(InfluenceState state, ImmutableArray<TribeRelease> tribes, DateTimeOffset now) =>
    [
        .. InfluenceRules.Of(state, now)
            .Select(influence => (Influence: influence, Standing: Of(influence, tribes)))
            .OrderByDescending(topic => topic.Standing)
            .ThenBy(topic => topic.Influence.Topic, StringComparer.Ordinal),
    ];
}

/// <summary>How much a voice counts. The numbers are those of the public contract.</summary>
public enum Standing
{
    /// <summary>Like everyone.</summary>
    Everyone = 1,

    /// <summary>Top 10 % of a tribe of at least 100.</summary>
    ListenedTo = 2,

    /// <summary>Top 1 % of a tribe of at least 100.</summary>
    LeadingVoice = 3,
}
