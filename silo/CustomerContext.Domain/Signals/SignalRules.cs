using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Signals;

/// <summary>Which signals are well-formed. Fields are named as in the public contract, from the signal on.</summary>
public static class SignalRules
{
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;

    /// <summary>The first rule that <paramref name="signal"/> breaks; absent if none.</summary>
    public static Refusal? Check(Signal signal, DateTimeOffset now) => CheckEnvelope(signal, now) ?? signal switch
    {
        ConversationSignal conversation => CheckConversation(conversation),
        BehaviourSignal behaviour => CheckBehaviour(behaviour),
        SurveySignal survey => CheckSurvey(survey),
        TraitSignal trait => CheckTrait("trait", trait.Name, trait.Value),
        CorrectionSignal correction => CheckCorrection(correction),
        RelationshipSignal tie => FieldRules.Refuse("relationship.kind", Known(tie.Kind)) ?? FieldRules.Refuse("relationship.change", Known(tie.Change)),
        MembershipSignal membership => FieldRules.Refuse("membership.tribe_id", TribeId.RuleBroken(membership.Tribe.Value))
            ?? FieldRules.Refuse("membership.change", Known(membership.Change)),
        ReputationSignal reputation => CheckReputation(reputation),
        _ => FieldRules.Refuse("kind", "required"),
    };

    /// <summary>The first rule that the customer's words break: 1 to 10,000 characters; line breaks and tabs may be in them. Absent if none.</summary>
    public static Refusal? CheckText(string text) => FieldRules.Refuse("conversation.text", FieldRules.Words(text));

    /// <summary>The rule that the language of the text breaks: a BCP 47 tag of at most 35 characters. Absent if none.</summary>
    public static Refusal? CheckLanguage(string language) => FieldRules.Refuse("conversation.language", FieldRules.Language(language));

    private static Refusal? CheckEnvelope(Signal signal, DateTimeOffset now) =>
        FieldRules.Refuse("id", FieldRules.Text(signal.Id, Limits.Signals.IdCharacters))
        ?? FieldRules.Refuse("source", FieldRules.Text(signal.Source.Value ?? "", Limits.Signals.SourceCharacters))
        ?? FieldRules.Refuse("occurred_time", signal.OccurredAt < Earliest ? "not before 1970" : null)
        ?? FieldRules.Refuse(
            "occurred_time",
            signal.OccurredAt > now.AddSeconds(Limits.Signals.AheadSeconds) ? $"at most {Limits.Signals.AheadSeconds} seconds ahead" : null)
        ?? FieldRules.Refuse("link", signal.Link is { } link ? FieldRules.Link(link) : null);

    private static Refusal? CheckConversation(ConversationSignal signal) =>
        FieldRules.Refuse("conversation.conversation_id", FieldRules.Text(signal.ConversationId, Limits.Signals.ConversationIdCharacters))
        ?? FieldRules.Refuse("conversation.channel", FieldRules.Coded(signal.Channel))
        ?? FieldRules.Refuse("conversation.role", Known(signal.Role))
        ?? FieldRules.Refuse("conversation.state", Known(signal.State))
        ?? CheckCounterparties(signal)
        ?? CheckTopics("conversation", signal.Topics)
        ?? FieldRules.Refuse("conversation.score", signal.Score is { } given ? FieldRules.Within(given.Score, -1, 1) : null)
        ?? FieldRules.Refuse("conversation.confidence", signal.Score?.Confidence is { } confidence ? FieldRules.Within(confidence, 0, 1) : null)
        ?? CheckUpstream(signal.Upstream);

    private static Refusal? CheckCounterparties(ConversationSignal signal)
    {
        if (signal.Counterparties.Length > Limits.Signals.Counterparties)
        {
            return FieldRules.Refuse("conversation.counterparties", $"at most {Limits.Signals.Counterparties}");
        }

        for (var i = 0; i < signal.Counterparties.Length; i++)
        {
            if (Known(signal.Counterparties[i]) is { } rule)
            {
                return FieldRules.Refuse($"conversation.counterparties[{i}].role", rule);
            }
        }

        return null;
    }

    private static Refusal? CheckTopics(string kind, IReadOnlyList<string> topics)
    {
        if (topics.Count > Limits.Signals.Topics)
        {
            return FieldRules.Refuse($"{kind}.topics", $"at most {Limits.Signals.Topics}");
        }

        for (var i = 0; i < topics.Count; i++)
        {
            if (Topic(topics[i]) is { } rule)
            {
                return FieldRules.Refuse($"{kind}.topics[{i}]", rule);
            }
        }

        return null;
    }

    private static Refusal? CheckUpstream(UpstreamScore? score) =>
        score is not null
        && FieldRules.Scale(("value", score.Value), ("minimum", score.Minimum), ("maximum", score.Maximum)) is (var field, var rule)
            ? FieldRules.Refuse($"conversation.upstream_score.{field}", rule)
            : null;

    private static Refusal? CheckBehaviour(BehaviourSignal signal) =>
        FieldRules.Refuse("behaviour.resource", FieldRules.Resource(signal.Resource))
        ?? FieldRules.Refuse("behaviour.action", Known(signal.Action))
        ?? CheckTopics("behaviour", signal.Topics);

    private static Refusal? CheckSurvey(SurveySignal signal) =>
        FieldRules.Refuse("survey.question", FieldRules.Coded(signal.Question))
        ?? (FieldRules.Scale(("answer", signal.Answer), ("scale_minimum", signal.ScaleMinimum), ("scale_maximum", signal.ScaleMaximum))
            is (var field, var rule)
            ? FieldRules.Refuse($"survey.{field}", rule)
            : CheckTopics("survey", signal.Topics))
        ?? FieldRules.Refuse("survey.panel_question_id", FieldRules.OptionalText(signal.PanelQuestion ?? "", Limits.Signals.QuestionIdCharacters));

    private static Refusal? CheckTrait(string path, string name, string value) =>
        FieldRules.Refuse($"{path}.name", FieldRules.Coded(name, dots: true) ?? (TraitName.IsKnown(name) ? null : "a name of the list, or beginning with 'x-'"))
        ?? FieldRules.Refuse($"{path}.value", FieldRules.OptionalText(value, Limits.Signals.TraitValueCharacters));

    private static Refusal? CheckCorrection(CorrectionSignal signal) => (signal.Score, signal.Topic, signal.Trait) switch
    {
        ({ } score, null, null) => FieldRules.Refuse("correction.sentiment_score", FieldRules.Within(score, -1, 1)),
        (null, { } topic, null) =>
            FieldRules.Refuse("correction.topic.topic", Topic(topic.Topic))
            ?? FieldRules.Refuse("correction.topic.sentiment_score", topic.Score is { } own ? FieldRules.Within(own, -1, 1) : null),
        (null, null, { } trait) => CheckTrait("correction.trait", trait.Name, trait.Value),
        _ => FieldRules.Refuse("correction", "exactly one of sentiment_score, topic, trait"),
    };

    private static Refusal? CheckReputation(ReputationSignal signal) =>
        FieldRules.Refuse("reputation.kind", Known(signal.Kind))
        ?? FieldRules.Refuse("reputation.topic", signal.Topic.Length == 0 ? null : Topic(signal.Topic))
        ?? FieldRules.Refuse("reputation.name", signal.Name.Length == 0 ? null : FieldRules.Coded(signal.Name));

    private static string? Topic(string topic) =>
        FieldRules.Text(topic, Limits.Signals.TopicCharacters)
        ?? FieldRules.Text(TopicName.Normalise(topic), Limits.Signals.TopicCharacters);

    private static string? Known<T>(T value)
        where T : struct, Enum => Enum.IsDefined(value) ? null : "unknown value";
}
