using System.Globalization;
using CustomerContext.Client;
using CustomerContext.Web.Facets;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Me;

/// <summary>What is known of the customer, exactly as an agent would see it, each value with "this is wrong".</summary>
internal sealed class KnownModel(Silo silo, Phrases words, TimeProvider time) : PageModel
{
    public IReadOnlyList<FacetBlock> Blocks { get; private set; } = [];

    /// <summary>Absent: it could not be had.</summary>
    public V1.Brief? Brief { get; private set; }

    public DateTimeOffset Now => time.GetUtcNow();

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    [TempData]
    public string? Done { get; set; }

    public async Task OnGet(CancellationToken stop)
    {
        try
        {
            var answer = await silo.Client.Me.GetContextAsync(options: new LookupOptions { Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName }, cancellation: stop);
            Brief = answer.Brief;
            Blocks = FacetBlock.Of(answer.Context, answer.Withheld, answer.Absent, new BlockReader(true, time.GetUtcNow()));
        }
        catch (CustomerContextException error)
        {
            Errors = [.. Errors, PageError.Of(error, words)];
        }
    }

    public async Task<IActionResult> OnPostWrong(string? what, CancellationToken stop)
    {
        try
        {
            if (Correction.Of(what, isCustomer: true) is { } correction)
            {
                await silo.Client.Signals.PublishAsync([Correction.Stamp(correction, time.GetUtcNow())], cancellation: stop);
                Done = words["wrong.done"];
            }

            return Redirect("/me/known");
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
            await OnGet(stop);
            return Page();
        }
    }
}
