using CustomerContext.Web.Hosting;
using CustomerContext.Web.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages;

/// <summary>Who are you? Whoever is signed in is taken to where they belong.</summary>
internal sealed class IndexModel(WebConfig config) : PageModel
{
    public bool HasProvider => config.SignIn is not null;

    public bool HasDemo => config.Development;

    public bool HasFailed { get; private set; }

    public IActionResult OnGet(string? failed)
    {
        HasFailed = failed is not null;
        return Visitor.Of(User) is { } visitor ? Redirect(Sessions.HomeOf(visitor.Role)) : Page();
    }
}
