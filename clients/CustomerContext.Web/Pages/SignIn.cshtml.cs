using CustomerContext.Web.Hosting;
using CustomerContext.Web.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace CustomerContext.Web.Pages;

/// <summary>Leads to the OpenID Connect provider and, later, back to a page of this host.</summary>
[EnableRateLimiting(RequestLimits.SignIn)]
internal sealed class SignInModel(WebConfig config) : PageModel
{
    public IActionResult OnGet(string? to) => config.SignIn is null
        ? NotFound()
        : Challenge(new AuthenticationProperties { RedirectUri = Url.IsLocalUrl(to) ? to : "/" }, Provider.Scheme);
}
