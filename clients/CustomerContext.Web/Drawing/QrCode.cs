using System.Text;
using Microsoft.AspNetCore.Html;
using QRCoder;

namespace CustomerContext.Web.Drawing;

/// <summary>A QR code as one path of SVG: dark on white in every palette, since phones read nothing else surely.</summary>
internal static class QrCode
{
    /// <summary>The picture of an address. Its name for screen readers stands beside it.</summary>
    public static IHtmlContent Of(string address)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        foreach (var (y, row) in code.ModuleMatrix.Index())
        {
            for (var x = 0; x < row.Count; x++)
            {
                path.Append(row[x] ? FormattableString.Invariant($"M{x} {y}h1v1h-1z") : "");
            }
        }

        var side = code.ModuleMatrix.Count;
        return new HtmlString(FormattableString.Invariant($"<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-hidden=\"true\"><path d=\"{path}\"/></svg>"));
    }
}
