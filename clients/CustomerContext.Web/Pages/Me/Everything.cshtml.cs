using CustomerContext.Client;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Me;

/// <summary>Take everything with me; erase me.</summary>
internal sealed class EverythingModel(Silo silo, Phrases words) : PageModel
{
    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    /// <summary>The receipt of the erasure. Absent: nothing was erased.</summary>
    public string? Receipt { get; private set; }

    public async Task<IActionResult> OnPostExport(CancellationToken stop)
    {
        try
        {
            var document = new MemoryStream();
            await silo.Client.Me.ExportAsync(document, stop);
            document.Position = 0;
            return File(document, "application/json", "everything.json");
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
            return Page();
        }
    }

    public async Task OnPostErase(bool sure, CancellationToken stop)
    {
        if (!sure)
        {
            Errors = [new PageError("erase", words["erase.not-sure"])];
            return;
        }

        try
        {
            Receipt = (await silo.Client.Me.EraseAsync(stop)).Receipt;
            await HttpContext.SignOutAsync();
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
        }
    }
}
