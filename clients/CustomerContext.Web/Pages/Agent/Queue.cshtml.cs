using System.Security.Cryptography;
using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Calls;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using CustomerContext.Web.Queues;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Agent;

/// <summary>What waits at the agent's company. It names nobody; to claim is to look.</summary>
internal sealed class QueueModel(QueueScreen screen, OpenCalls calls, Silo silo, Phrases words, TimeProvider time) : PageModel
{
    private const int InteractionDigits = 32;

    /// <summary>Set by every handler that shows the page.</summary>
    public QueueChoice Choice { get; private set; } = null!;

    public QueueBlock Block { get; private set; } = null!;

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    public async Task<IActionResult> OnGet(string? purpose, string? queue, CancellationToken stop) =>
        QueueChoice.Of(purpose, queue) is { } choice ? await Show(choice, stop) : BadRequest();

    /// <summary>The screen of a call opens, with the work. Pressed twice, it is the same screen.</summary>
    public async Task<IActionResult> OnPostClaim(string? work, string? purpose, string? queue, CancellationToken stop)
    {
        if (QueueChoice.Of(purpose, queue) is not { } choice || work is null)
        {
            return BadRequest();
        }

        var session = Visitor.SessionOf(User);
        if (calls.Of(session).FirstOrDefault(call => call.Held?.Id == work) is { } known)
        {
            return Redirect($"/agent/{known.Id}");
        }

        try
        {
            var interaction = RandomNumberGenerator.GetHexString(InteractionDigits, lowercase: true);
            var claimed = await silo.Client.Work.ClaimAsync(work, choice.Purpose, interaction, cancellation: stop);
            var call = calls.Begin(session, new SubjectIdentifier { CustomerId = claimed.CustomerId }, choice.Purpose, interaction);
            call.Hold(HeldWork.Of(claimed));
            return Redirect($"/agent/{call.Id}");
        }
        catch (CustomerContextException error)
        {
            Errors = [error switch
            {
                ConflictException => new PageError("", words["queue.taken"]),
                NotFoundException => new PageError("", words["queue.gone"]),
                _ => PageError.Of(error, words),
            }];
            return await Show(choice, stop);
        }
    }

    private async Task<IActionResult> Show(QueueChoice choice, CancellationToken stop)
    {
        Choice = choice;
        Block = new QueueBlock([], false, [], time.GetUtcNow());
        try
        {
            Block = await screen.Read(choice, stop);
        }
        catch (CustomerContextException error)
        {
            Errors = [.. Errors, PageError.Of(error, words)];
        }

        return Page();
    }
}
