using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages;

/// <summary>What went wrong, for people: not there, too often, a form that is too old, or our fault. It never says more.</summary>
[IgnoreAntiforgeryToken]
internal sealed class ErrorModel : PageModel
{
    public string Kind { get; private set; } = "other";

    public void OnGet(int? code) => Take(code);

    public void OnPost(int? code) => Take(code);

    private void Take(int? code) => Kind = code switch
    {
        400 => "form",
        404 => "missing",
        429 => "rate",
        _ => "other",
    };
}
