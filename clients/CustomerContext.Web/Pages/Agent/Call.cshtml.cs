using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Calls;
using CustomerContext.Web.Facets;
using CustomerContext.Web.Hosting;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace CustomerContext.Web.Pages.Agent;

/// <summary>The screen of one call. Loading it is a look, on the customer's record.</summary>
[EnableRateLimiting(RequestLimits.Codes)]
internal sealed class CallModel(OpenCalls calls, Silo silo, Phrases words, TimeProvider time) : PageModel
{
    /// <summary>The call. Set before any handler runs.</summary>
    public OpenCall? Call { get; private set; }

    public DateTimeOffset Now => time.GetUtcNow();

    public string Company => Visitor.Of(User)?.Company ?? "";

    public IReadOnlyList<FacetBlock> Blocks { get; private set; } = [];

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    /// <summary>The number of this look in the customer's record. Absent: nothing was shown.</summary>
    public string? Record { get; private set; }

    /// <summary>Nothing is granted, or nobody is known: not told apart.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The silo does not answer.</summary>
    public bool IsAway { get; private set; }

    [TempData]
    public string? Done { get; set; }

    private CustomerHandle Customer => silo.Client.Customer(Call!.Subject);

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Call = calls.Find((string?)RouteData.Values["call"] ?? "", Visitor.SessionOf(User));
        if (Call is null)
        {
            context.Result = Redirect("/agent"); // over, or somebody else's
        }
    }

    public async Task<IActionResult> OnGet()
    {
        await Look();
        return Page();
    }

    public IActionResult OnPostEnd()
    {
        calls.End(Call!);
        return Redirect("/agent");
    }

    public Task<IActionResult> OnPostAsk(string? facet) => Do(async () =>
    {
        var terms = new GrantTerms { Purposes = { Call!.Purpose }, When = GrantWhen.DuringMyConversations, IncludeEarlier = true };
        terms.Facets.AddRange(FacetBlock.Find(facet) is { } one ? [one] : FacetBlock.Order);
        await Customer.RequestConsentAsync(terms, Call.Id);
        Done = words["agent.asked"];
    });

    public Task<IActionResult> OnPostRedeem(string? code) => Do(async () =>
    {
        await Customer.RedeemCodeAsync(code ?? "", Call!.Id);
        Done = words["agent.redeemed"];
    }, "code");

    public Task<IActionResult> OnPostWrong(string? what) => Do(async () =>
    {
        if (Correction.Of(what, isCustomer: false) is { } correction)
        {
            correction.Subject = Call!.Subject;
            await silo.Client.Signals.PublishAsync([Correction.Stamp(correction, time.GetUtcNow())]);
            Done = words["wrong.done"];
        }
    });

    private async Task<IActionResult> Do(Func<Task> change, string field = "")
    {
        try
        {
            await change();
            return Redirect($"/agent/{Call!.Id}");
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words, field)];
            await Look();
            return Page();
        }
    }

    private async Task Look()
    {
        try
        {
            var answer = await Customer.GetContextAsync(Call!.Purpose, new LookupOptions { InteractionId = Call.Id });
            Blocks = FacetBlock.Of(answer.Context, answer.Withheld, new BlockReader(false, time.GetUtcNow()));
            Record = answer.DisclosureId;
            foreach (var block in Blocks)
            {
                Call.Note(block.Name, InShort.Of(block, words), time.GetUtcNow());
            }
        }
        catch (ConsentRequiredException)
        {
            IsClosed = true;
        }
        catch (ServerUnavailableException)
        {
            IsAway = true;
        }
        catch (CustomerContextException error)
        {
            Errors = [.. Errors, PageError.Of(error, words)];
        }
    }
}
