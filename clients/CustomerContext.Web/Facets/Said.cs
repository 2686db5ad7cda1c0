using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace CustomerContext.Web.Facets;

/// <summary>What others sent, as harmless text: no control characters, no change of writing direction that reaches beyond it, never markup.</summary>
internal static class Said
{
    /// <summary>Longer text is cut; no field of the contract is longer.</summary>
    private const int MaxLetters = 300;

    /// <summary>The text in an element of its own that isolates its direction.</summary>
    public static IHtmlContent Text(string text)
    {
        var element = new TagBuilder("bdi");
        element.InnerHtml.Append(Clean(text));
        return element;
    }

    /// <summary>"router, delivery and refund", each isolated.</summary>
    public static IHtmlContent List(IEnumerable<string> items)
    {
        var all = new HtmlContentBuilder();
        foreach (var (i, item) in items.Index())
        {
            all.AppendHtml(i > 0 ? ", " : "").AppendHtml(Text(item));
        }

        return all;
    }

    /// <summary>Without what could disturb the text around it.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(MaxLetters))
        {
            clean.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate ? "" : rune.ToString());
        }

        return clean.ToString();
    }

    /// <summary>An address that may become a link: http or https, nothing else. Absent: it may not.</summary>
    public static string? Link(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") && uri.UserInfo.Length == 0 ? uri.AbsoluteUri : null;
}
