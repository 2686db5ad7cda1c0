using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using CustomerContext.V1;
using Microsoft.AspNetCore.Html;

namespace CustomerContext.Web.Drawing;

/// <summary>One release on a line from -1 to 1: a hollow ring where others show the mood, a dot with its interval where it is once corrected.</summary>
internal static class RangeChart
{
    private const int Width = 360;
    private const int Height = 44;
    private const int Pad = 8;
    private const int Middle = Height / 2;

    /// <summary>The picture, with its meaning in words for who does not see it.</summary>
    public static IHtmlContent Of(TribeRelease release, string words)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"range\" role=\"img\" viewBox=\"0 0 {Width} {Height}\" aria-label=\"{HtmlEncoder.Default.Encode(words)}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{Pad} {Middle}H{Width - Pad}M{X(0)} {Middle - 14}v28\"/>");
        var (low, high) = release.Corrected is { } corrected ? (corrected.IntervalLow, corrected.IntervalHigh)
            : release.Known is { } known ? (known.BoundLow, known.BoundHigh)
            : (release.ShownScore, release.ShownScore);
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"band\" x=\"{X(low):0.#}\" y=\"{Middle - 7}\" width=\"{Math.Max(1, X(high) - X(low)):0.#}\" height=\"14\" rx=\"7\"/>");
        if (release.Corrected is { } dot)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"corrected\" cx=\"{X(dot.Score):0.#}\" cy=\"{Middle}\" r=\"7\"/>");
        }

        if (release.HasShownScore)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"shown\" cx=\"{X(release.ShownScore):0.#}\" cy=\"{Middle}\" r=\"6\"/>");
        }

        return new HtmlString(svg.Append("</svg>").ToString());
    }

    private static double X(double score) => Pad + ((Math.Clamp(score, -1, 1) + 1) / 2 * (Width - (2 * Pad)));
}
