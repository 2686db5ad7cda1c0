using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Influence;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Briefs;

/// <summary>
/// The brief of a look: made by fixed rules of what the look shows, and of nothing else. DO and DO_NOT come from what somebody said or from dated facts; what is inferred gives KNOW and
/// ASK. The order of points: please-do-not, promises and questions that wait, the wanted outcome, how to reach and how to treat them, what came of the last contact and what changed since, friends and tribes, other topics, who
/// could answer.
/// </summary>
public static class BriefRules
{
    /// <summary>The brief of what is shown, as of the start of the minute <paramref name="now"/>.</summary>
    public static Brief Of(ShownContext shown, DateTimeOffset now)
    {
        var questions = Question.Of(shown, now);
        var headline = HeadlineRules.Of(shown, questions.FirstOrDefault(), now);
        ImmutableArray<BriefPoint> points =
        [
            .. PleaseDoNot(shown)
                .Concat(Waiting(shown, questions))
                .Concat(Situation(shown))
                .Concat(LastContact(shown, now))
                .Concat(Changes(shown))
                .Concat(Friends(shown))
                .Concat(Tribes(shown))
                .Concat(WorthAsking(shown, headline))
                .Concat(Topics(shown, [headline.Topic, shown.Situation?.WantedOutcome?.Value, .. questions.Select(question => question.Matter)], now))
                .Concat(Voice(shown))
                .Concat(CouldAnswer(shown))
                .GroupBy(point => point.Code)
                .SelectMany(code => code.Take(Limits.Briefs.PointsOfACode))
                .Take(Limits.Briefs.Points),
        ];
        return new Brief(
            now, headline.IsEmpty && points.IsEmpty ? headline with { Absence = HeadlineRules.Absence(shown) } : headline, shown.CallMe, points);
    }

    private static IEnumerable<BriefPoint> PleaseDoNot(ShownContext shown) =>
        (shown.Situation?.PleaseDoNot ?? []).Select(trait => Said(BriefPointKind.DoNot, BriefPointCode.PleaseDoNot, trait));

    /// <summary>
    /// Promises, then questions, overdue ones first; so few in all that what the customer said for themselves finds room. The headline has told of the first question, so that one has a point only
    /// once it is overdue: then it is what to do.
    /// </summary>
    private static IEnumerable<BriefPoint> Waiting(ShownContext shown, ImmutableArray<Question> questions)
    {
        var overdue = questions.Where(question => question.IsOverdue).ToArray();
        return Question.Promises(shown).Select(promise => Asked(BriefPointCode.PromiseOverdue, promise))
            .Concat(overdue.Select(question => Asked(BriefPointCode.QuestionOverdue, question)))
            .Concat(questions.Skip(1).Except(overdue).Select(question => Asked(BriefPointCode.QuestionWaiting, question)))
            .Take(Math.Min(Limits.Briefs.WaitingPoints, Limits.Briefs.Points - SaidOf(shown)));
    }

    /// <summary>How many points there are of what the customer asks to be done and not done.</summary>
    private static int SaidOf(ShownContext shown) => shown.Situation is not { } situation ? 0
        : Math.Min(situation.PleaseDoNot.Length, Limits.Briefs.PointsOfACode) + (situation.WantedOutcome is null ? 0 : 1) + (situation.ContactPreference is null ? 0 : 1);

    private static IEnumerable<BriefPoint> Situation(ShownContext shown)
    {
        if (shown.Situation is not { } situation)
        {
            yield break;
        }

        if (situation.WantedOutcome is { } wanted)
        {
            yield return Said(BriefPointKind.Do, BriefPointCode.WantedOutcome, wanted);
        }

        if (situation.ContactPreference is { } reached)
        {
            yield return Said(BriefPointKind.Do, BriefPointCode.ContactPreference, reached);
        }

        foreach (var open in situation.OpenCases)
        {
            yield return Said(BriefPointKind.Know, BriefPointCode.OpenCase, open);
        }

        if (situation.Situation is { } current)
        {
            yield return Said(BriefPointKind.Know, BriefPointCode.Situation, current);
        }
    }

    /// <summary>What the latest interaction with the reader left undone, by the later of both sides' words; nothing once a later one solved something.</summary>
    private static IEnumerable<BriefPoint> LastContact(ShownContext shown, DateTimeOffset now) =>
        from outcome in shown.Outcomes.Where(outcome => shown.Reader is null || outcome.Company == shown.Reader).Take(1)
        let at = DateTimeOffset.FromUnixTimeMilliseconds(outcome.At.At)
        where outcome.Result != InteractionResult.Solved && now - at < Limits.Briefs.TopicsWithin
        select new BriefPoint(
            BriefPointKind.Know,
            BriefPointCode.LastContact,
            Facet.Conversations,
            Matters.Of(outcome.Topics),
            outcome.Result == InteractionResult.NotSolved ? "not_solved" : "goes_on",
            Provenance.Observed,
            at,
            null,
            []);

    /// <summary>Who of the reader's company could answer the most urgent of what waits for it.</summary>
    private static IEnumerable<BriefPoint> CouldAnswer(ShownContext shown) =>
        from item in shown.Waiting.Where(item => !item.CouldAnswer.IsEmpty).Take(1)
        select new BriefPoint(
            BriefPointKind.Know, BriefPointCode.CouldAnswer, Facet.Attention, Matters.Of(item.Topics), item.CouldAnswer[0].Name, Provenance.Observed, item.Since, null, []);

    /// <summary>Abrupt changes since the reader and the customer were last done with each other; none where the feeling itself could not be told.</summary>
    private static IEnumerable<BriefPoint> Changes(ShownContext shown)
    {
        if (shown.Sentiment is not { Conversations: >= Limits.Briefs.Conversations } sentiment)
        {
            return [];
        }

        var last = shown.Conversations
            .Where(conversation => conversation.Source.Tenant == shown.Reader && conversation.State is ConversationState.Answered or ConversationState.Closed or ConversationState.Thanked)
            .Select(conversation => conversation.Last)
            .DefaultIfEmpty(DateTimeOffset.MinValue)
            .Max();
        return sentiment.Changes.Where(change => change.Day.AddDays(1) > last).Take(1).Select(change => new BriefPoint(
            change.Change < 0 ? BriefPointKind.Ask : BriefPointKind.Know,
            BriefPointCode.MoodChanged,
            Facet.Sentiment,
            change.Topic is { } topic && Matters.IsMatter(topic) ? topic : null,
            change.Change < 0 ? "falling" : "rising",
            Provenance.Inferred,
            change.Day,
            sentiment.Confidence,
            []));
    }

    /// <summary>Only where one is in a good mood and the others are in a low one: a mixed mood differs from everybody's.</summary>
    private static IEnumerable<BriefPoint> Friends(ShownContext shown)
    {
        var own = HeadlineRules.Feeling(shown.Sentiment);
        return shown.Groups(Facet.Network)?.Friends is { } friends && (own, friends.Word) is (SentimentWord.Unhappy, MoodWord.Good) or (SentimentWord.Content, MoodWord.Low)
            ? [Released(BriefPointCode.FriendsDiffer, Facet.Network, null, friends.Word == MoodWord.Good ? "good" : "low", friends.At)]
            : [];
    }

    private static IEnumerable<BriefPoint> Tribes(ShownContext shown) =>
        from joined in shown.Groups(Facet.Tribes)?.Tribes ?? []
        where joined is { Care.IsWorthCare: true, Release: not null }
        select Released(BriefPointCode.TribeWorthCare, Facet.Tribes, null, joined.Tribe.Value, joined.Release!.At);

    /// <summary>Where the headline knows of nothing that waits but a topic, without a feeling or one that they are unhappy about, and nobody has said what they want: only the customer can tell.</summary>
    private static IEnumerable<BriefPoint> WorthAsking(ShownContext shown, Headline headline)
    {
        if (headline is not { Feeling: null or SentimentWord.Unhappy, WaitingSince: null, Topic: { } topic } || shown.Situation?.WantedOutcome is not null || Question.Promises(shown).Any())
        {
            return [];
        }

        var onMind = (shown.TopOfMind?.Topics ?? []).Where(one => one.Topic == topic).Select(one => (Facet.TopOfMind, one.LastMentioned, Confidence: shown.TopOfMind!.Confidence));
        var said = shown.Conversations.Where(conversation => conversation.Topics.Contains(topic)).Select(conversation => (Facet.Conversations, conversation.Last, Confidence: default(int?)));
        return onMind.Concat(said).Take(1).Select(source => new BriefPoint(
            BriefPointKind.Ask, BriefPointCode.Topic, source.Item1, topic, null, Provenance.Inferred, source.Item2, source.Confidence, []));
    }

    /// <summary>
    /// What else was said of the matters that were told, then other matters on their mind, those that say most first. A topic that was only said of another matter stands with that one.
    /// </summary>
    private static IEnumerable<BriefPoint> Topics(ShownContext shown, ImmutableArray<string?> told, DateTimeOffset now) =>
        from topic in shown.TopOfMind?.Topics ?? []
        where Matters.IsMatter(topic.Topic) && now - topic.LastMentioned < Limits.Briefs.TopicsWithin
        let conversation = shown.Conversations.FirstOrDefault(conversation => conversation.Topics.Contains(topic.Topic))
        where conversation is null || Matters.Of(conversation.Topics) == topic.Topic
        let detail = Matters.Detail(topic.Topic, conversation?.Topics ?? [])
        let isTold = told.Contains(topic.Topic)
        where !isTold || (detail is not null && !Matters.IsPlainWaiting(detail))
        orderby isTold descending, Matters.IsGeneral(topic.Topic)
        select new BriefPoint(
            BriefPointKind.Know,
            isTold ? BriefPointCode.TopicDetail : BriefPointCode.Topic,
            Facet.TopOfMind,
            topic.Topic,
            detail,
            Provenance.Inferred,
            topic.LastMentioned,
            shown.TopOfMind!.Confidence,
            conversation?.Link is { } link ? [new EvidenceLink(link, conversation.Last, conversation.Source)] : []);

    private static IEnumerable<BriefPoint> Voice(ShownContext shown) =>
        from topic in shown.Groups(Facet.Influence)?.Influence ?? []
        where topic.Standing is Standing.ListenedTo or Standing.LeadingVoice
        select Released(
            BriefPointCode.VoiceCounts,
            Facet.Influence,
            topic.Influence.Topic,
            topic.Standing == Standing.LeadingVoice ? "leading_voice" : "listened_to",
            shown.Groups(Facet.Influence)!.InfluenceAt ?? shown.Groups(Facet.Influence)!.AsOf);

    private static BriefPoint Said(BriefPointKind kind, BriefPointCode code, TraitContent trait) =>
        new(kind, code, Facet.Situation, null, trait.Value, trait.Provenance, trait.OccurredAt, null, []);

    private static BriefPoint Asked(BriefPointCode code, Question question) => new(
        question.IsReaders ? BriefPointKind.Do : BriefPointKind.Know, code, question.Facet, question.Matter, null, Provenance.Observed, question.Since, null, question.Evidence);

    private static BriefPoint Released(BriefPointCode code, Facet facet, string? topic, string value, DateTimeOffset at) =>
        new(BriefPointKind.Know, code, facet, topic, value, Provenance.Inferred, at, null, []);
}
