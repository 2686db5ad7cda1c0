using CustomerContext.V1;
using Microsoft.AspNetCore.Html;

namespace CustomerContext.Web.Drawing;

/// <summary>A mood by shape as well as by colour: the word always stands beside it, so the picture says nothing to a screen reader.</summary>
internal static class Mood
{
    /// <summary>From here on a score is a feeling and not a mixture.</summary>
    private const double Clear = 0.2;

    /// <summary>The class of a score: good, mixed or low.</summary>
    public static string ClassOf(double score) => score >= Clear ? "good" : score <= -Clear ? "low" : "mixed";

    /// <summary>The class of a word.</summary>
    public static string ClassOf(SentimentWord word) => word switch
    {
        SentimentWord.Content => "good",
        SentimentWord.Mixed => "mixed",
        SentimentWord.Unhappy => "low",
        _ => "unknown",
    };

    /// <summary>The class of a group's mood.</summary>
    public static string ClassOf(MoodWord word) => word switch
    {
        MoodWord.Good => "good",
        MoodWord.Mixed => "mixed",
        MoodWord.Low => "low",
        _ => "unknown",
    };

    /// <summary>A face: the mouth says it.</summary>
    public static IHtmlContent Face(string mood)
    {
        var mouth = mood switch
        {
            "good" => "<path d=\"M7.5 14.2c1.1 1.7 2.7 2.6 4.5 2.6s3.4-.9 4.5-2.6\"/>",
            "mixed" => "<path d=\"M7.5 15.2h9\"/>",
            "low" => "<path d=\"M7.5 16.8c1.1-1.7 2.7-2.6 4.5-2.6s3.4.9 4.5 2.6\"/>",
            _ => "",
        };
        var eyes = mood == "unknown" ? "<path d=\"M8 12h.01M12 12h.01M16 12h.01\"/>" : "<path d=\"M9 9.5v.8M15 9.5v.8\"/>";
        return new HtmlString($"<svg class=\"face {mood}\" viewBox=\"0 0 24 24\" width=\"24\" height=\"24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"9.5\"/>{eyes}{mouth}</svg>");
    }

    /// <summary>An arrow for a direction.</summary>
    public static IHtmlContent Arrow(Direction direction)
    {
        var path = direction switch
        {
            Direction.Rising => "M4 12 12 4M6 4h6v6",
            Direction.Falling => "M4 4l8 8M12 6v6H6",
            Direction.Steady => "M2 8h12M10 4l4 4-4 4",
            _ => "",
        };
        return new HtmlString(path.Length == 0 ? "" : $"<svg class=\"arrow\" viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" aria-hidden=\"true\"><path d=\"{path}\"/></svg>");
    }
}
