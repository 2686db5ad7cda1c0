using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Tests.Customers;

/// <summary>The horizons and topics worked out naively from all signals at once, as docs/numbers.md says, beside what the product kept of them.</summary>
public sealed class OracleTests
{
    public static TheoryData<int> Seeds { get; } = new(Enumerable.Range(1_000, 40));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Snapshot_AnyHistory_EqualsTheNaiveCalculation(int seed)
    {
        var signals = Histories.Of(seed);
        var snapshot = Given.State(signals).Seen(Given.Noon);
        var amounts = Amounts(signals);
        var now = Given.Noon.ToUnixTimeSeconds();

        Assert.Equal(Shown(amounts.Where(x => x.At / 3_600 > (now / 3_600) - 24), _ => 1), snapshot.Sentiment.Today);
        Assert.Equal(
            Shown(
                amounts.Where(x => x.At / 86_400 > (now / 86_400) - 35),
                x => Math.Pow(2, -Math.Max(0, now - (((x.At / 86_400) + 1) * 86_400)) / 604_800.0)),
            snapshot.Sentiment.Week);
        Assert.Equal(Shown(amounts.Where(x => x.At / 604_800 > (now / 604_800) - 12), _ => 1), snapshot.Sentiment.Usual);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Snapshot_Topics_WeighWhatTheirMentionsDo(int seed)
    {
        var signals = Histories.Of(seed).Where(signal => signal.Signal is not CorrectionSignal).ToList();
        var now = Given.Noon.ToUnixTimeSeconds();
        var weights = signals.SelectMany(Mentions)
            .Where(mention => mention.At / 604_800 > (now / 604_800) - 5)
            .GroupBy(mention => mention.Topic)
            .ToDictionary(group => group.Key, group => group.Sum(mention => mention.Share * Math.Pow(2, (mention.At - now) / 604_800.0)));

        foreach (var topic in Given.State(signals).Seen(Given.Noon).TopOfMind.Topics)
        {
            // Each mention is rounded down to a thousandth as of the start of its week.
            Assert.InRange(topic.Weight, weights[topic.Topic] - signals.Count - 1, weights[topic.Topic] + 1);
            weights.Remove(topic.Topic);
        }

        Assert.Empty(weights);
    }

    private static List<(long At, double Score, double Weight, int Count)> Amounts(List<ScoredSignal> signals)
    {
        var scored = signals.Where(signal => signal.Observation is not null).Select(signal => (
            Key: signal.Signal is ConversationSignal turn ? (turn.Source.Value, turn.ConversationId) : (signal.Signal.Id, ""),
            At: signal.Signal.OccurredAt.ToUnixTimeSeconds(),
            Score: Math.Round(signal.Observation!.Value.Score * (double)signal.Observation.Value.Weight / 1_000, MidpointRounding.AwayFromZero),
            signal.Observation.Value.Weight));
        return
        [
            .. scored.GroupBy(x => (x.Key, Day: x.At / 86_400)).Select(group =>
            {
                var (score, weight) = (group.Sum(x => x.Score), (double)group.Sum(x => x.Weight));
                return (
                    group.Max(x => x.At),
                    weight <= 1_000 ? score : Math.Round(1_000 * score / weight, MidpointRounding.AwayFromZero),
                    Math.Min(1_000, weight),
                    group.Count());
            }),
        ];
    }

    private static Horizon Shown(IEnumerable<(long At, double Score, double Weight, int Count)> amounts, Func<(long At, double, double, int), double> fade)
    {
        var all = amounts.ToList();
        var (score, weight) = (all.Sum(x => x.Score * fade(x)), all.Sum(x => x.Weight * fade(x)));
        return new Horizon(
            weight < 500 ? null : Round(1_000 * score / (weight + 1_000)), Round(1_000 * weight / (weight + 1_000)), all.Sum(x => x.Count));
    }

    private static int Round(double value) => (int)Math.Round(value, MidpointRounding.AwayFromZero);

    private static IEnumerable<(string Topic, long At, int Share)> Mentions(ScoredSignal signal) => signal.Signal switch
    {
        ConversationSignal { Role: Role.Customer } turn => turn.Topics.Select(topic => (topic, turn.OccurredAt.ToUnixTimeSeconds(), 1_000)),
        SurveySignal survey => survey.Topics.Select(topic => (topic, survey.OccurredAt.ToUnixTimeSeconds(), 1_000)),
        BehaviourSignal { Action: BehaviourAction.Helped or BehaviourAction.DidNotHelp } => [],
        BehaviourSignal behaviour => behaviour.Topics.Select(topic => (topic, behaviour.OccurredAt.ToUnixTimeSeconds(), Share(behaviour.Action))),
        _ => [],
    };

    private static int Share(BehaviourAction action) => action switch
    {
        BehaviourAction.View or BehaviourAction.Scroll => 50,
        BehaviourAction.Bookmark or BehaviourAction.Search => 200,
        _ => 100,
    };
}
