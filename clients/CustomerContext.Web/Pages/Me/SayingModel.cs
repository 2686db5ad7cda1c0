using CustomerContext.Client;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Me;

/// <summary>A page on which the customer says something about themselves by a press.</summary>
internal abstract class SayingModel(Phrases words) : PageModel
{
    /// <summary>What went wrong, in words.</summary>
    public IReadOnlyList<PageError> Errors { get; protected set; } = [];

    /// <summary>What the last press did, in words; it is told once.</summary>
    [TempData]
    public string? Done { get; set; }

    /// <summary>The words of the reader's language.</summary>
    protected Phrases Words { get; } = words;

    /// <summary>Reads what the page shows.</summary>
    public abstract Task OnGet(CancellationToken stop);

    /// <summary>Does what was pressed and shows the page anew; if it was refused, the page says why.</summary>
    /// <param name="say">Absent: it is done.</param>
    /// <param name="done">The phrase for that.</param>
    /// <param name="stop">The reader has gone.</param>
    protected async Task<IActionResult> Do(Func<Task<PageError?>> say, string done, CancellationToken stop)
    {
        try
        {
            if (await say() is not { } refused)
            {
                Done = Words[done];
                return RedirectToPage();
            }

            Errors = [refused];
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, Words)];
        }

        await OnGet(stop);
        return Page();
    }
}
