using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Hosting;
using CustomerContext.Web.Joins;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace CustomerContext.Web.Pages.Join;

/// <summary>A company asks: who, for what, how long; yes or no. Without a link the nine digits are typed here.</summary>
[EnableRateLimiting(RequestLimits.Codes)]
internal sealed class IndexModel(JoinTickets tickets, Silo silo, Phrases words, TimeProvider time) : PageModel
{
    private const int CodeDigits = 9;

    /// <summary>What is asked for. Absent: nothing is, or not any more.</summary>
    public OpenJoinResponse? Asked { get; private set; }

    /// <summary>What was said, to be shown again after a mistake.</summary>
    public JoinForm Form { get; private set; } = new();

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    /// <summary>How it ended: "no", "other", "gone", "paused", "sign-in". Absent: it has not.</summary>
    [TempData]
    public string? Ended { get; set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public Task OnGet(CancellationToken stop) => Ended is null ? Open(stop) : Task.CompletedTask;

    /// <summary>The code, as people type it.</summary>
    public IActionResult OnPostRedeem(string? code)
    {
        var digits = string.Concat((code ?? "").Where(char.IsAsciiDigit));
        if (digits.Length != CodeDigits)
        {
            Errors = [new PageError("code", words["join.code.wrong"])];
            return Page();
        }

        tickets.Write(HttpContext, tickets.New(HttpContext, digits, ""));
        return Redirect("/join");
    }

    public async Task<IActionResult> OnPostAnswer(JoinForm said, CancellationToken stop)
    {
        Form = said;
        if (tickets.Read(HttpContext) is not { Code.Length: > 0 } ticket)
        {
            return End("gone");
        }

        // A no, and a yes for somebody else, leave nothing behind: to the company both look like no answer.
        if (said.Decision != "yes" || said.Myself == "no")
        {
            return End(said.Decision != "yes" ? "no" : "other");
        }

        Errors = [.. said.Mistakes(words)];
        return Errors.Count == 0 ? await Accept(ticket, said, stop) : await Again(stop);
    }

    private async Task<IActionResult> Accept(JoinTicket ticket, JoinForm said, CancellationToken stop)
    {
        try
        {
            var answer = await silo.Anybody.Join(ticket.Code, ticket.Proof, ticket.Session).AcceptAsync(said.ToAnswer(ticket.RequestId), stop);
            switch (answer.Outcome)
            {
                case AcceptJoinOutcome.Accepted:
                    await Begin(answer);
                    tickets.Write(HttpContext, ticket with { Tenant = answer.Grant.Tenant, Grant = answer.Grant.GrantId });
                    return Redirect("/join/done");
                case AcceptJoinOutcome.WrongDigits when answer.TriesLeftCount > 0:
                    Errors = [new PageError("digits", words.Count("join.digits.wrong", answer.TriesLeftCount))];

                    // A try is a request of its own.
                    tickets.Write(HttpContext, ticket with { RequestId = Guid.CreateVersion7().ToString() });
                    return await Again(stop);
                default:
                    return End(answer.Outcome switch { AcceptJoinOutcome.Paused => "paused", AcceptJoinOutcome.SignInAgain => "sign-in", _ => "gone" });
            }
        }
        catch (NotFoundException)
        {
            return End("gone");
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
            return await Again(stop);
        }
    }

    /// <summary>Somebody new is signed in with the token that their yes made, so that they can see and stop what they allowed.</summary>
    private Task Begin(AcceptJoinResponse answer) => answer.AccessToken.Length == 0
        ? Task.CompletedTask
        : Sessions.Begin(HttpContext, new Visitor(Role.Customer, words["join.you"], ""), answer.AccessToken, answer.AccessTokenExpiresTime.ToDateTimeOffset());

    private RedirectResult End(string how)
    {
        if (how is not ("paused" or "sign-in"))
        {
            tickets.Clear(HttpContext);
        }

        Ended = how;
        return Redirect("/join");
    }

    private async Task<IActionResult> Again(CancellationToken stop)
    {
        await Open(stop);
        return Page();
    }

    private async Task Open(CancellationToken stop)
    {
        if (tickets.Read(HttpContext) is not { Code.Length: > 0, Tenant: "" } ticket)
        {
            return;
        }

        try
        {
            Asked = await silo.Anybody.Join(ticket.Code, ticket.Proof, ticket.Session).OpenAsync(System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, stop);
        }
        catch (NotFoundException)
        {
            tickets.Clear(HttpContext);
            Ended = null;
            Errors = [new PageError("code", words["join.gone.hint"])];
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
        }
    }
}
