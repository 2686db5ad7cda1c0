using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Tests.Customers;

/// <summary>Seeded histories that stay within every limit, so that nothing is evicted.</summary>
internal static class Histories
{
    public static IReadOnlyList<SourceId> Sources { get; } = [new("acme/crm"), new("acme/mail"), new("globex/forum"), SourceId.Customer];

    private static readonly string[] Topics = ["billing", "delivery", "jazz", "app", "returns"];
    private static readonly string[] Names = ["situation", "like", "please_do_not", "x-loyalty", "support_tier"];

    public static List<ScoredSignal> Of(int seed)
    {
        var random = new Random(seed);
        var days = random.Next(2) == 0 ? 3 : 200;
        List<ScoredSignal> signals = [.. Enumerable.Range(0, random.Next(1, 150)).Select(i => Signal(random, i, days))];
        return [.. signals, .. Enumerable.Range(0, random.Next(30)).Select(i => Behaviour(random, i, days))];
    }

    public static List<ScoredSignal> ShuffledWithRepeats(List<ScoredSignal> signals, int seed)
    {
        var random = new Random(seed);
        List<ScoredSignal> delivered = [.. signals, .. signals.Where(_ => random.Next(3) == 0)];
        for (var i = delivered.Count - 1; i > 0; i--)
        {
            var other = random.Next(i + 1);
            (delivered[i], delivered[other]) = (delivered[other], delivered[i]);
        }

        return delivered;
    }

    private static ScoredSignal Signal(Random random, int i, int days)
    {
        var source = Sources[random.Next(Sources.Count)];
        var at = Given.Noon.AddMilliseconds(-(random.Next(4) == 0 ? random.Next(20) : random.NextInt64(days * 86_400_000L)));
        var id = $"s{i}";
        string[] topics = random.Next(2) == 0 ? [] : [Topics[random.Next(Topics.Length)]];
        return random.Next(11) switch
        {
            10 => Given.Outcome(id, at, (InteractionResult)random.Next(1, 4), $"call-{random.Next(2)}", source, topics),
            0 => Given.Survey(id, at, random.Next(1, 6), source, topics),
            1 => Given.Trait(id, at, Names[random.Next(Names.Length)], random.Next(3) == 0 ? "" : "v" + random.Next(2), source),
            2 => Correction(random, id, at, source),
            _ => Given.Turn(
                id,
                at,
                random.Next(4) == 0 ? null : random.Next(-1_000, 1_001),
                random.Next(200, 1_001),
                source == SourceId.Customer ? "own" : "c" + (source == Sources[0] ? random.Next(2) : 0),
                (Role)random.Next(1, 4),
                (ConversationState)random.Next(1, 6),
                source,
                random.Next(3) == 0 ? $"https://example.org/{i}" : null,
                topics),
        };
    }

    private static ScoredSignal Behaviour(Random random, int i, int days) => Given.Behaviour(
        $"b{i}",
        Given.Noon.AddMilliseconds(-random.NextInt64(days * 86_400_000L)),
        (BehaviourAction)random.Next(1, 8),
        Sources[random.Next(Sources.Count)],
        Topics[random.Next(Topics.Length)]);

    private static ScoredSignal Correction(Random random, string id, DateTimeOffset at, SourceId source) => random.Next(3) switch
    {
        0 => Given.Correction(id, at, source, score: random.Next(-10, 11) / 10.0),
        1 => Given.Correction(id, at, source, topic: new TopicCorrection(Topics[random.Next(2)], random.Next(2) == 0 ? null : 0.5)),
        _ => Given.Correction(id, at, source, trait: new TraitCorrection(Names[random.Next(3)], random.Next(2) == 0 ? "" : "v0")),
    };
}
