using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Faults.Tests.Limits;

/// <summary>A field of a signal at its limit, and one past it. The first is absent where nothing is good.</summary>
internal sealed record SignalCase(string Name, string Field, Action<Signal>? AtTheLimit, Action<Signal> OnePast);

/// <summary>Every rule of a signal that the contract states.</summary>
internal static class SignalCases
{
    public static IReadOnlyList<SignalCase> All { get; } =
    [
        Lengths("id", "id", 128, (signal, text) => signal.Id = text),
        new("id of wide characters", "id", signal => signal.Id = Wide(128), signal => signal.Id = Wide(129)),
        new("id missing", "id", null, signal => signal.Id = ""),
        new("id with a control character", "id", null, signal => signal.Id = "a\u0007b"),
        new("id with U+FFFD", "id", null, signal => signal.Id = "a\uFFFDb"),
        new("source of nobody", "source", signal => signal.Source = "chat", signal => signal.Source = "nobody"),
        new("time missing", "occurred_time", null, signal => signal.OccurredTime = null),
        new("time ahead", "occurred_time", signal => signal.OccurredTime = Ahead(290), signal => signal.OccurredTime = Ahead(320)),
        new("time out of range", "occurred_time", null, signal => signal.OccurredTime = new Timestamp { Seconds = long.MaxValue }),
        new("link", "link", signal => signal.Link = Link(256), signal => signal.Link = Link(257)),
        new("link of another kind", "link", null, signal => signal.Link = "ftp://example.org/"),
        new("link not in ASCII", "link", null, signal => signal.Link = "https://example.org/ä"),
        new("kind missing", "kind", null, signal => signal.ClearKind()),
        new("subject missing", "subject", null, signal => signal.Subject = null),
        Lengths("conversation id", "conversation.conversation_id", 128, (signal, text) => signal.Conversation.ConversationId = text),
        new("conversation id missing", "conversation.conversation_id", null, signal => signal.Conversation.ConversationId = ""),
        new("conversation id with a control character", "conversation.conversation_id", null, signal => signal.Conversation.ConversationId = "a\nb"),
        Lengths("channel", "conversation.channel", 40, (signal, text) => signal.Conversation.Channel = text),
        new("channel in capitals", "conversation.channel", null, signal => signal.Conversation.Channel = "Phone"),
        new("role missing", "conversation.role", null, signal => signal.Conversation.Role = ParticipantRole.Unspecified),
        new("role unknown", "conversation.role", null, signal => signal.Conversation.Role = (ParticipantRole)99),
        new("state missing", "conversation.state", null, signal => signal.Conversation.State = ConversationState.Unspecified),
        new("state unknown", "conversation.state", null, signal => signal.Conversation.State = (ConversationState)99),
        new("promise", "conversation.promised_until_time", signal => Promise(signal, TimeSpan.FromDays(90)), signal => Promise(signal, TimeSpan.FromDays(90) + TimeSpan.FromSeconds(1))),
        new("promise without a time", "conversation.promised_until_time", null, signal => signal.Conversation.State = ConversationState.Promised),
        new("promise with a time that is none", "conversation.promised_until_time", null, signal => signal.Conversation.PromisedUntilTime = new Timestamp { Nanos = -1 }),
        new("time of no promise", "conversation.promised_until_time", null, signal => signal.Conversation.PromisedUntilTime = Ahead(290)),
        new("counterparties", "conversation.counterparties", signal => Counterparties(signal, 8), signal => Counterparties(signal, 9)),
        new("counterparty unknown", "conversation.counterparties[0].role", null, signal => signal.Conversation.Counterparties.Add(new Counterparty())),
        new("topics", "conversation.topics", signal => Topics(signal, 8), signal => Topics(signal, 9)),
        new("topic", "conversation.topics[0]", signal => Topic(signal, new string('t', 40)), signal => Topic(signal, new string('t', 41))),
        new("topic with U+FFFD", "conversation.topics[0]", null, signal => Topic(signal, "a\uFFFD")),
        new("text", "conversation.text", signal => Text(signal, 10_000), signal => Text(signal, 10_001)),
        new("text with a control character", "conversation.text", null, signal => signal.Conversation.Text = "fine\u0001"),
        new("score high", "conversation.score", signal => signal.Conversation.Score = 1, signal => signal.Conversation.Score = 1.000001),
        new("score low", "conversation.score", signal => signal.Conversation.Score = -1, signal => signal.Conversation.Score = -1.000001),
        new("score not a number", "conversation.score", null, signal => signal.Conversation.Score = double.NaN),
        new("confidence", "conversation.confidence", signal => signal.Conversation.Confidence = 1, signal => signal.Conversation.Confidence = 1.000001),
        new("confidence low", "conversation.confidence", signal => signal.Conversation.Confidence = 0, signal => signal.Conversation.Confidence = -0.000001),
        new("confidence with text", "conversation.confidence", null, signal =>
        {
            signal.Conversation.Text = "fine";
            signal.Conversation.Confidence = 1;
        }),
        new("upstream score", "conversation.upstream_score.value", signal => Upstream(signal, 5), signal => Upstream(signal, 5.1)),
        new("language", "conversation.language", signal => signal.Conversation.Language = Tag(35), signal => signal.Conversation.Language = Tag(36)),
        new("resource", "behaviour.resource", signal => Behaviour(signal).Resource = new string('r', 256), signal => Behaviour(signal).Resource = new string('r', 257)),
        new("resource in wide letters", "behaviour.resource", signal => Behaviour(signal).Resource = new string('ä', 128), signal => Behaviour(signal).Resource = new string('ä', 129)),
        new("resource missing", "behaviour.resource", null, signal => Behaviour(signal).Resource = ""),
        new("action missing", "behaviour.action", null, signal => Behaviour(signal).Action = BehaviourAction.Unspecified),
        new("action unknown", "behaviour.action", signal => Behaviour(signal).Action = BehaviourAction.DidNotHelp, signal => Behaviour(signal).Action = (BehaviourAction)9),
        new("behaviour topics", "behaviour.topics", signal => BehaviourTopics(signal, 8), signal => BehaviourTopics(signal, 9)),
        new("question", "survey.question", signal => Survey(signal).Question = new string('q', 40), signal => Survey(signal).Question = new string('q', 41)),
        new("answer", "survey.answer", signal => Survey(signal).Answer = 5, signal => Survey(signal).Answer = 5.1),
        new("scale", "survey.scale_maximum", signal => Survey(signal).ScaleMaximum = 1_000_000, signal => Survey(signal).ScaleMaximum = 1_000_001),
        new("panel question", "survey.panel_question_id", signal => Survey(signal).PanelQuestionId = new string('q', 64), signal => Survey(signal).PanelQuestionId = new string('q', 65)),
        new("scale upside down", "survey.scale_minimum", null, signal => Survey(signal).ScaleMinimum = 5),
        new("trait name", "trait.name", signal => Trait(signal).Name = "x-" + new string('n', 38), signal => Trait(signal).Name = "x-" + new string('n', 39)),
        new("trait name of nobody's", "trait.name", null, signal => Trait(signal).Name = "mother"),
        new("trait value", "trait.value", signal => Trait(signal).Value = new string('v', 64), signal => Trait(signal).Value = new string('v', 65)),
        new("correction missing", "correction", null, signal => signal.Correction = new CorrectionSignal()),
        new("corrected score", "correction.sentiment_score", signal => Corrected(signal).SentimentScore = 1, signal => Corrected(signal).SentimentScore = 1.1),
        new("corrected topic", "correction.topic.topic", signal => CorrectedTopic(signal, 40), signal => CorrectedTopic(signal, 41)),
    ];

    private static SignalCase Lengths(string name, string field, int most, Action<Signal, string> set) =>
        new(name, field, signal => set(signal, new string('x', most)), signal => set(signal, new string('x', most + 1)));

    /// <summary>Characters that take two units in UTF-16 and count as one.</summary>
    private static string Wide(int count) => string.Concat(Enumerable.Repeat("\U0001D51E", count));

    private static void Text(Signal signal, int length) => signal.Conversation.Text = new string('w', length);

    private static string Tag(int length) => "en-" + new string('a', length - 3);

    private static string Link(int bytes) => "https://example.org/".PadRight(bytes, 'l');

    private static Timestamp Ahead(int seconds) => (TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(seconds)).ToTimestamp();

    private static void Promise(Signal signal, TimeSpan after)
    {
        signal.Conversation.State = ConversationState.Promised;
        signal.Conversation.PromisedUntilTime = (signal.OccurredTime.ToDateTimeOffset() + after).ToTimestamp();
    }

    private static void Topic(Signal signal, string topic)
    {
        signal.Conversation.Topics.Clear();
        signal.Conversation.Topics.Add(topic);
    }

    private static void Topics(Signal signal, int count)
    {
        signal.Conversation.Topics.Clear();
        signal.Conversation.Topics.Add(Enumerable.Range(0, count).Select(i => $"topic {i}"));
    }

    private static void Counterparties(Signal signal, int count) =>
        signal.Conversation.Counterparties.Add(Enumerable.Range(0, count).Select(_ => new Counterparty { Role = ParticipantRole.Agent }));

    private static void Upstream(Signal signal, double value) =>
        signal.Conversation.UpstreamScore = new UpstreamScore { Value = value, Minimum = 1, Maximum = 5 };

    private static BehaviourSignal Behaviour(Signal signal) =>
        signal.Behaviour = new BehaviourSignal { Resource = "/help/1", Action = BehaviourAction.View };

    private static void BehaviourTopics(Signal signal, int count) => Behaviour(signal).Topics.Add(Enumerable.Repeat("delivery", count));

    private static SurveySignal Survey(Signal signal) =>
        signal.Survey = new SurveySignal { Question = "csat", Answer = 4, ScaleMinimum = 1, ScaleMaximum = 5 };

    private static TraitSignal Trait(Signal signal) => signal.Trait = new TraitSignal { Name = "support_tier", Value = "gold" };

    private static CorrectionSignal Corrected(Signal signal) => signal.Correction = new CorrectionSignal();

    private static void CorrectedTopic(Signal signal, int length) => Corrected(signal).Topic = new TopicCorrection { Topic = new string('t', length) };
}
