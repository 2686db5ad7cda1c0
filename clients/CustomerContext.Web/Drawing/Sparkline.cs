using System.Globalization;
using System.Text;
using CustomerContext.V1;
using Microsoft.AspNetCore.Html;

namespace CustomerContext.Web.Drawing;

/// <summary>The last days as bars from a middle line: up is content, down is unhappy, a dot is a day on which nothing was heard.</summary>
internal static class Sparkline
{
    private const int Step = 11;
    private const int Bar = 7;
    private const int Half = 20;

    /// <summary>The picture, with its meaning in words for who does not see it.</summary>
    public static IHtmlContent Of(IReadOnlyCollection<SentimentDay> days, string words)
    {
        var svg = new StringBuilder();
        var width = days.Count * Step;
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"sparkline\" role=\"img\" viewBox=\"0 0 {width} {2 * Half}\" width=\"{width}\" height=\"{2 * Half}\" aria-label=\"");
        svg.Append(System.Text.Encodings.Web.HtmlEncoder.Default.Encode(words)).Append("\">");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M0 {Half}H{width}\"/>");
        foreach (var (i, day) in days.Index())
        {
            var left = (i * Step) + ((Step - Bar) / 2);
            if (!day.HasScore)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"none\" cx=\"{left + (Bar / 2.0)}\" cy=\"{Half}\" r=\"1.5\"/>");
                continue;
            }

            var height = Math.Max(2, Math.Abs(day.Score) * (Half - 1));
            var top = day.Score >= 0 ? Half - height : Half;
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{Mood.ClassOf(day.Score)}\" x=\"{left}\" y=\"{top:0.#}\" width=\"{Bar}\" height=\"{height:0.#}\" rx=\"1.5\"/>");
        }

        return new HtmlString(svg.Append("</svg>").ToString());
    }
}
