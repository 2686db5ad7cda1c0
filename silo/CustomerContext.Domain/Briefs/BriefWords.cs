using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Wording;

namespace CustomerContext.Domain.Briefs;

/// <summary>A coded brief in the words of one language. The words say what the codes say and nothing else.</summary>
/// <param name="words">The language.</param>
/// <param name="nameOfTribe">A tribe's name for people, by its id.</param>
public sealed class BriefWords(WordList words, Func<string, string> nameOfTribe)
{
    /// <summary>The headline of <paramref name="brief"/>, at most <see cref="Limits.Briefs.HeadlineCharacters"/>. It never says what a point says.</summary>
    public string Headline(Brief brief)
    {
        var headline = brief.Headline;
        var text = headline.Absence is { } absence ? words.Say($"headline.{CodeOf(absence)}")
            : !headline.IsEmpty ? Sentence(headline, brief.AsOf)
            : brief.Points.IsEmpty ? words.Say("headline.quiet")
            : words.Say(headline.NothingWaits ? "headline.nothing_waits" : "headline.points");
        return Short(text, Limits.Briefs.HeadlineCharacters);
    }

    /// <summary>A point in words, at most <see cref="Limits.Briefs.TextCharacters"/>.</summary>
    /// <param name="point">Which.</param>
    /// <param name="brief">The brief that it is of: what the headline says is not said again.</param>
    public string Text(BriefPoint point, Brief brief)
    {
        var topic = point.Topic is { } coded ? words.Topic(coded) : "";
        var age = words.Age(brief.AsOf - point.At);
        var text = point.Code switch
        {
            BriefPointCode.PleaseDoNot => Trait("please_do_not"),
            BriefPointCode.WantedOutcome => Trait("wanted_outcome"),
            BriefPointCode.ContactPreference => Trait("contact_preference"),
            BriefPointCode.Situation => Trait("situation"),
            BriefPointCode.OpenCase => Trait("open_case"),
            BriefPointCode.PromiseOverdue => Question("promise_overdue"),
            BriefPointCode.QuestionOverdue => Question("question_overdue"),
            BriefPointCode.QuestionWaiting => Question("question_waiting"),
            BriefPointCode.MoodChanged => Say((point.Value == "falling" ? "mood_fell" : "mood_rose") + (point.Topic is null ? "" : ".topic")),
            BriefPointCode.Topic => Detail(point.Kind == BriefPointKind.Ask ? "topic.ask" : point.Value is null ? "topic" : "topic.detail"),
            BriefPointCode.TopicDetail => Detail("topic.told"),
            BriefPointCode.FriendsDiffer => Say($"friends_{point.Value}"),
            BriefPointCode.LastContact => Say($"last_contact.{point.Value}{(point.Topic is null ? ".no_topic" : "")}"),
            BriefPointCode.CouldAnswer => words.Say($"point.could_answer{(point.Topic is null ? ".no_topic" : "")}", ("topic", topic), ("value", point.Value!)),
            BriefPointCode.TribeWorthCare => words.Say("point.tribe_worth_care", ("value", nameOfTribe(point.Value!))),
            _ => Say(point.Value == "leading_voice" ? "voice_leading" : "voice_listened"),
        };
        return Short(text, Limits.Briefs.TextCharacters);

        string Say(string code) => words.Say($"point.{code}", ("topic", topic), ("age", age));

        string Detail(string code) => words.Say($"point.{code}", ("topic", topic), ("age", age), ("what", point.Value is { } detail ? What(detail) : ""));

        // What is done for somebody is not broken itself.
        string What(string detail) =>
            (Matters.IsService(point.Topic!) ? words.Find($"fold.{detail}.service") : null) ?? words.Find($"fold.{detail}") ?? words.Topic(detail);

        string Trait(string name) => words.Say($"point.{name}", ("value", words.Value(name, point.Value!)));

        string Question(string code)
        {
            var isTold = point.Code == BriefPointCode.QuestionOverdue && point.At == brief.Headline.WaitingSince && point.Topic == brief.Headline.Topic;
            return Say(code + (point.Kind == BriefPointKind.Do ? "" : ".elsewhere") + (isTold ? ".told" : point.Topic is null ? ".no_topic" : ""));
        }
    }

    private string Sentence(Headline headline, DateTimeOffset asOf)
    {
        var code = "headline"
            + (headline.Feeling is null ? "" : ".feeling")
            + (headline.WaitingSince is null ? "" : ".waiting")
            + (headline.Topic is null ? "" : ".topic")
            + (headline is { Feeling: null, WaitingSince: null, IsTheirWord: true } ? ".said" : "");
        return words.Say(
            code,
            ("what", headline.Feeling is { } feeling ? words.Say($"feeling.{CodeOf(feeling)}{(headline.Direction is { } direction ? $".{CodeOf(direction)}" : "")}") : ""),
            ("topic", headline.Topic is { } topic ? words.Topic(topic) : ""),
            ("age", headline.WaitingSince is { } since ? words.Age(asOf - since) : ""));
    }

    private static string CodeOf(AbsenceReason reason) => reason switch
    {
        AbsenceReason.SourceNotGranted => "source_not_granted",
        AbsenceReason.NothingCollected => "nothing_collected",
        AbsenceReason.TooFew => "too_few",
        AbsenceReason.TooOld => "too_old",
        AbsenceReason.Settling => "settling",
        _ => "nothing_known",
    };

    private static string CodeOf<T>(T word)
        where T : struct, Enum => word.ToString().ToLowerInvariant();

    private static string Short(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";
}
