using CustomerContext.Domain.Briefs;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Wording;
using CustomerContext.Silo.Config;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>A brief as the contract has it: the codes, and the words of one language beside them.</summary>
internal sealed class BriefTranslator(TribeDirectory tribes)
{
    /// <summary><paramref name="brief"/> in <paramref name="language"/>.</summary>
    public V1.Brief ToProto(Brief brief, Language language)
    {
        var words = new BriefWords(WordList.Of(language), NameOf);
        return new V1.Brief
        {
            Headline = words.Headline(brief),
            HeadlineCodes = CodesOf(brief.Headline),
            CallMe = brief.CallMe ?? "",
            Points = { brief.Points.Select(point => PointOf(point, words.Text(point, brief))) },
            Language = Languages.TagOf(language),
        };
    }

    private static V1.HeadlineCodes CodesOf(Headline headline) => new()
    {
        Feeling = headline.Feeling is { } feeling ? (V1.SentimentWord)feeling : V1.SentimentWord.Unspecified,
        Direction = headline.Direction is { } direction ? (V1.Direction)direction : V1.Direction.Unspecified,
        Topic = headline.Topic ?? "",
        Waiting = headline.WaitingSince is null ? V1.AttentionKind.Unspecified : V1.AttentionKind.UnansweredQuestion,
        WaitingSinceTime = headline.WaitingSince?.ToTimestamp(),
        Absence = headline.Absence is { } absence ? (V1.AbsenceReason)absence : V1.AbsenceReason.Unspecified,
    };

    private static V1.BriefPoint PointOf(BriefPoint point, string text)
    {
        var message = new V1.BriefPoint
        {
            Kind = (V1.BriefPointKind)point.Kind,
            Code = (V1.BriefPointCode)point.Code,
            Text = text,
            Facet = (V1.Facet)point.Facet,
            Topic = point.Topic ?? "",
            Value = point.Value ?? "",
            Provenance = Provenances.Of(point.Provenance),
            EvidenceTime = point.At.ToTimestamp(),
            Evidence = { point.Evidence.Select(SentimentTranslator.EvidenceOf) },
        };
        if (point.Confidence is { } confidence)
        {
            message.Confidence = confidence.Ratio();
        }

        return message;
    }

    private string NameOf(string tribe) => tribes.Find(new TribeId(tribe))?.Name ?? tribe;
}
