using System.Buffers;
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
        OutcomeSignal outcome => CheckOutcome(outcome),
        TraitSignal trait => CheckTrait("trait", trait.Name, trait.Value),
        CorrectionSignal correction => CheckCorrection(correction),
        RelationshipSignal tie => FieldRules.Refuse("relationship.kind", Known(tie.Kind)) ?? FieldRules.Refuse("relationship.change", Known(tie.Change)),
        MembershipSignal membership => FieldRules.Refuse("membership.tribe_id", TribeId.RuleBroken(membership.Tribe.Value))
            ?? FieldRules.Refuse("membership.change", Known(membership.Change)),
        ReputationSignal reputation => CheckReputation(reputation),
        TakeBackSignal => null,
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
        ?? CheckUpstream(signal.Upstream)
        ?? FieldRules.Refuse("conversation.promised_until_time", PromiseRule(signal));

    private static string? PromiseRule(ConversationSignal signal) => (signal.State, signal.PromisedUntil) switch
    {
        (ConversationState.Promised, null) => "required of a promise",
        (ConversationState.Promised, { } until) => until <= signal.OccurredAt || until > signal.OccurredAt + Limits.Attention.LongestPromise
            ? $"after occurred_time, by at most {Limits.Attention.LongestPromise.Days} days"
            : null,
        (_, null) => null,
        _ => "goes with a promise only",
    };

    private static Refusal? CheckCounterparties(ConversationSignal signal)
    {
        if (signal.Counterparties.Length > Limits.Signals.Counterparties)
        {
            return FieldRules.Refuse("conversation.counterparties", $"at most {Limits.Signals.Counterparties}");
        }

        for (var i = 0; i < signal.Counterparties.Length; i++)
        {
            if (Known(signal.Counterparties[i].Role) is { } rule)
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

    private static Refusal? CheckOutcome(OutcomeSignal signal) =>
        FieldRules.Refuse("outcome.interaction_id", FieldRules.Text(signal.InteractionId, Limits.Consents.InteractionLength))
        ?? FieldRules.Refuse("outcome.result", Known(signal.Result))
        ?? CheckTopics("outcome", signal.Topics);

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

/// <summary>Rules of single fields. Each gives the first rule broken, in words, or nothing.</summary>
internal static class FieldRules
{
    private static readonly SearchValues<char> CodedName = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-");
    private static readonly SearchValues<char> CodedNameOrDot = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>Any printable text of 1 to <paramref name="most"/> characters (Unicode code points).</summary>
    public static string? Text(string value, int most) => value.Length == 0 ? "required" : OptionalText(value, most);

    /// <summary>The same, or empty.</summary>
    public static string? OptionalText(string value, int most) =>
        Characters(value) > most ? $"at most {most} characters" : HiddenCharacters.AreIn(value) ? HiddenCharacters.Rule : null;

    /// <summary>The customer's words, which may have line breaks and tabs.</summary>
    public static string? Words(string value) =>
        value.Length == 0 ? "required"
        : Characters(value) > Limits.Signals.TextCharacters ? $"at most {Limits.Signals.TextCharacters} characters"
        : HiddenCharacters.ControlsAreIn(value.ReplaceLineEndings(" ").Replace('\t', ' ')) ? "no control characters, no U+FFFD"
        : null;

    /// <summary>A coded name.</summary>
    public static string? Coded(string value, bool dots = false) =>
        value.Length == 0 ? "required"
        : value.Length > Limits.Signals.CodedNameCharacters ? $"at most {Limits.Signals.CodedNameCharacters} characters"
        : value.AsSpan().ContainsAnyExcept(dots ? CodedNameOrDot : CodedName) ? $"only a-z, 0-9, '_'{(dots ? ", '-' and '.'" : " and '-'")}"
        : null;

    /// <summary>An http(s) address in printable ASCII.</summary>
    public static string? Link(string value) =>
        System.Text.Encoding.UTF8.GetByteCount(value) > Limits.Signals.LinkBytes ? $"at most {Limits.Signals.LinkBytes} bytes"
        : value.AsSpan().ContainsAnyExceptInRange('!', '~') ? "only printable ASCII"
        : !Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") ? "an http(s) URL"
        : uri.UserInfo.Length > 0 ? "without a user name: what stands before '@' would be taken for the host"
        : null;

    /// <summary>A resource's address or id.</summary>
    public static string? Resource(string value) =>
        System.Text.Encoding.UTF8.GetByteCount(value) > Limits.Signals.ResourceBytes
            ? $"at most {Limits.Signals.ResourceBytes} bytes"
            : Text(value, Limits.Signals.ResourceBytes);

    /// <summary>A language tag, or empty.</summary>
    public static string? Language(string value) =>
        value.Length > Limits.Signals.LanguageCharacters ? $"at most {Limits.Signals.LanguageCharacters} characters"
        : value.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '-') ? null
        : "only letters, digits and '-'";

    /// <summary>A finite number within both ends.</summary>
    public static string? Within(double value, double least, double most) =>
        value >= least && value <= most ? null : $"in [{least}, {most}]";

    /// <summary>A value on a sender's own scale.</summary>
    public static (string Field, string Rule)? Scale((string Name, double Value) value, (string Name, double Value) least, (string Name, double Value) most)
    {
        const double bound = Limits.Signals.ScaleValue;
        return Within(least.Value, -bound, bound) is { } low ? (least.Name, low)
            : Within(most.Value, -bound, bound) is { } high ? (most.Name, high)
            : least.Value >= most.Value ? (least.Name, $"below {most.Name}")
            : Within(value.Value, least.Value, most.Value) is not null ? (value.Name, "within its scale")
            : null;
    }

    /// <summary>The refusal of a rule broken; absent if none was.</summary>
    public static Refusal? Refuse(string field, string? rule) => rule is null ? null : new Refusal(RefusalReason.InvalidArgument, field, rule);

    private static int Characters(string value)
    {
        var count = value.Length;
        foreach (var unit in value)
        {
            count -= char.IsLowSurrogate(unit) ? 1 : 0;
        }

        return count;
    }
}

/// <summary>The normal form of topics.</summary>
public static class TopicName
{
    /// <summary>
    /// Lower case, one '-' for any white space, '_' and '-' between, none at the ends. Letters are not composed (the product runs without culture data,
    /// so .NET does not): senders send NFC.
    /// </summary>
    public static string Normalise(string topic) =>
        string.Join('-', topic.ToLowerInvariant().Replace('_', ' ').Replace('-', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>The normal form of links.</summary>
public static class LinkText
{
    /// <summary>The absolute address with everything escaped that has to be: quotes and angle brackets too. What is no address in ASCII stays as it is, for the rule to refuse.</summary>
    public static string Normalise(string link) => System.Text.Ascii.IsValid(link) && Uri.TryCreate(link, UriKind.Absolute, out var address)
        ? address.AbsoluteUri.Replace("'", "%27", StringComparison.Ordinal)
        : link;
}
