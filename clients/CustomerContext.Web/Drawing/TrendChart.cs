using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using CustomerContext.V1;
using Microsoft.AspNetCore.Html;

namespace CustomerContext.Web.Drawing;

/// <summary>Releases over time as a line between -1 and 1; where too few were heard the line is broken, since nothing is known there.</summary>
internal static class TrendChart
{
    private const int Width = 640;
    private const int Height = 160;
    private const int Pad = 8;

    /// <summary>The picture, with its meaning in words for who does not see it. Needs two points at least.</summary>
    public static IHtmlContent Of(IReadOnlyList<TrendPoint> points, string words)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"trend-chart\" role=\"img\" viewBox=\"0 0 {Width} {Height}\" aria-label=\"{HtmlEncoder.Default.Encode(words)}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{Pad} {Y(1)}H{Width - Pad}M{Pad} {Y(0)}H{Width - Pad}M{Pad} {Y(-1)}H{Width - Pad}\"/>");
        var first = points[0].ReleaseTime.Seconds;
        var span = Math.Max(1, points[^1].ReleaseTime.Seconds - first);
        var line = new StringBuilder();
        var isDrawing = false;
        foreach (var point in points)
        {
            if (point.HasScore)
            {
                var x = Pad + ((point.ReleaseTime.Seconds - first) / (double)span * (Width - (2 * Pad)));
                line.Append(CultureInfo.InvariantCulture, $"{(isDrawing ? 'L' : 'M')}{x:0.#} {Y(point.Score):0.#}");
            }

            isDrawing = point.HasScore;
        }

        return new HtmlString(svg.Append(CultureInfo.InvariantCulture, $"<path class=\"line\" d=\"{line}\"/></svg>").ToString());
    }

    private static double Y(double score) => Pad + ((1 - Math.Clamp(score, -1, 1)) / 2 * (Height - (2 * Pad)));
}
