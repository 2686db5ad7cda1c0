using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Joins;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Join;

/// <summary>After a yes: how to stop it, and three optional questions, each answered by one press.</summary>
internal sealed class DoneModel(JoinTickets tickets, Silo silo, Phrases words, TimeProvider time) : PageModel
{
    /// <summary>The ticket of the yes. Set before any handler runs.</summary>
    public JoinTicket? Ticket { get; private set; }

    public string CallMe { get; private set; } = "";

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Ticket = tickets.Read(HttpContext);
        if (Ticket is not { Tenant.Length: > 0 })
        {
            context.Result = Redirect("/join");
        }
    }

    public Task OnGet(CancellationToken stop) => Read(stop);

    public Task<IActionResult> OnPostAnswer(string? answer, CancellationToken stop) => Do("", async () =>
    {
        if (JoinAnswers.Of(answer, Ticket!.RequestId, time.GetUtcNow()) is { } signal)
        {
            await silo.Client.Signals.PublishAsync([signal], null, stop);
            tickets.Write(HttpContext, Ticket with { Answers = [.. Ticket.Answers.Append(answer!).Distinct()] });
        }
    }, stop);

    public Task<IActionResult> OnPostCallMe(string? callMe, CancellationToken stop) => Do("call-me", () =>
    {
        CallMe = callMe?.Trim() ?? "";
        return silo.Client.Me.ChangePreferencesAsync(new Preferences { CallMe = CallMe }, ["call_me"], cancellation: stop);
    }, stop);

    private async Task<IActionResult> Do(string field, Func<Task> change, CancellationToken stop)
    {
        try
        {
            await change();
            return Redirect("/join/done");
        }
        catch (InvalidRequestException) when (field.Length > 0)
        {
            Errors = [new PageError(field, words["question.call-me.wrong"])];
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
        }

        return Page();
    }

    private async Task Read(CancellationToken stop)
    {
        try
        {
            CallMe = (await silo.Client.Me.GetPreferencesAsync(stop)).Preferences.CallMe;
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
        }
    }
}
