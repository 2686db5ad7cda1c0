using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages;

/// <summary>Keeps the choice of a language and goes back.</summary>
internal sealed class LanguageModel : PageModel
{
    public IActionResult OnGet() => Redirect("/");

    public IActionResult OnPost(string? choice, string? to)
    {
        Languages.Choose(Response, choice ?? "");
        return LocalRedirect(Url.IsLocalUrl(to) ? to! : "/");
    }
}
