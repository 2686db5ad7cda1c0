using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Me;

/// <summary>Who may send what is kept of the customer; one press each to stop.</summary>
internal sealed class SourcesModel(Silo silo, Phrases words) : PageModel
{
    public IReadOnlyList<Source> Sources { get; private set; } = [];

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    [TempData]
    public string? Done { get; set; }

    public async Task OnGet(CancellationToken stop)
    {
        try
        {
            Sources = [.. (await silo.Client.Me.ListSourcesAsync(stop)).Sources.Where(source => source.IsCollected)];
        }
        catch (CustomerContextException error)
        {
            Errors = [.. Errors, PageError.Of(error, words)];
        }
    }

    public async Task<IActionResult> OnPostStop(string? source, CancellationToken stop)
    {
        try
        {
            var preferences = (await silo.Client.Me.GetPreferencesAsync(stop)).Preferences;
            if (preferences.Collect.Remove(source))
            {
                await silo.Client.Me.ChangePreferencesAsync(preferences, ["collect"], cancellation: stop);
                Done = words["sources.stopped"];
            }

            return Redirect("/me/sources");
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
            await OnGet(stop);
            return Page();
        }
    }
}
