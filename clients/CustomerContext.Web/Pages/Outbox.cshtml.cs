using CustomerContext.Web.Hosting;
using CustomerContext.Web.Operation;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages;

/// <summary>What a phone or a mailbox would have got. There only in development mode, where nothing is sent.</summary>
internal sealed class OutboxModel(WebConfig config, SentMessages messages, Phrases words) : PageModel
{
    public IReadOnlyList<SentMessage> Messages { get; private set; } = [];

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    public async Task<IActionResult> OnGet(CancellationToken stop)
    {
        if (!config.Development)
        {
            return NotFound();
        }

        try
        {
            Messages = await messages.List(stop);
        }
        catch (HttpRequestException)
        {
            Errors = [new PageError("", words["error.away"])];
        }

        return Page();
    }
}
