using System.Text;
using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Me;

/// <summary>Take everything with me, receipts too; erase me.</summary>
internal sealed class EverythingModel(Silo silo, Phrases words) : PageModel
{
    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    /// <summary>What the customer said yes to, newest first; also what is over. Each has a receipt.</summary>
    public IReadOnlyList<Grant> Grants { get; private set; } = [];

    /// <summary>The receipt of the erasure. Absent: nothing was erased.</summary>
    public string? Receipt { get; private set; }

    public async Task OnGet(CancellationToken stop)
    {
        try
        {
            Grants = [.. (await silo.Client.Me.GetConsentAsync(includeEnded: true, stop)).Grants];
        }
        catch (CustomerContextException error)
        {
            Errors = [.. Errors, PageError.Of(error, words)];
        }
    }

    /// <summary>The signed receipt of one grant, as a file.</summary>
    public async Task<IActionResult> OnPostReceipt(string? grant, CancellationToken stop)
    {
        try
        {
            return File(Encoding.ASCII.GetBytes((await silo.Client.Me.GetReceiptAsync(grant ?? "", null, stop)).Receipt), "application/jwt", "receipt.jwt");
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
            await OnGet(stop);
            return Page();
        }
    }

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
            await OnGet(stop);
            return Page();
        }
    }

    public async Task OnPostErase(bool sure, CancellationToken stop)
    {
        if (!sure)
        {
            Errors = [new PageError("erase", words["erase.not-sure"])];
            await OnGet(stop);
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
            await OnGet(stop);
        }
    }
}
