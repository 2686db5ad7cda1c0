using CustomerContext.Cli.Tokens;
using CustomerContext.Web.Hosting;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace CustomerContext.Web.Pages;

/// <summary>The demo's sign-in: be anybody of the town. There only in development mode.</summary>
[EnableRateLimiting(RequestLimits.SignIn)]
internal sealed class DemoModel(WebConfig config, Phrases words, TimeProvider time) : PageModel
{
    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    public IActionResult OnGet() => config.Development ? Page() : NotFound();

    public async Task<IActionResult> OnPost(string? person, string? anyone)
    {
        if (!config.Development)
        {
            return NotFound();
        }

        var chosen = person is not null ? DemoPerson.All.FirstOrDefault(one => one.Id == person)
            : IsAddress(anyone) ? DemoPerson.OfAddress("anyone", anyone!.Trim())
            : null;
        if (chosen is null)
        {
            Errors = [new PageError("anyone", words["demo.anyone.wrong"])];
            return Page();
        }

        try
        {
            using var tokens = DevelopmentTokens.Load(config.DataFolder, time);
            var lifetime = DevelopmentTokens.DefaultLifetime;
            await Sessions.Begin(HttpContext, chosen.ToVisitor(), tokens.Issue(chosen.Holder, chosen.Scopes, lifetime), time.GetUtcNow() + lifetime);
        }
        catch (MissingKeyException)
        {
            Errors = [new PageError("", words["demo.no-key"])];
            return Page();
        }

        return Redirect(Sessions.HomeOf(chosen.Role));
    }

    private static bool IsAddress(string? text) =>
        text?.Trim() is { Length: >= 3 and <= 254 } address && !address.Any(char.IsControl)
            && (address.Count(letter => letter == '@') == 1 || (address[0] == '+' && address[1..].All(char.IsAsciiDigit)));
}
