using System.Globalization;
using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Calls;
using CustomerContext.Web.Facets;
using CustomerContext.Web.Hosting;
using CustomerContext.Web.Queues;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace CustomerContext.Web.Pages.Agent;

/// <summary>The screen of one call. Loading it is a look, on the customer's record.</summary>
[EnableRateLimiting(RequestLimits.Codes)]
internal sealed class CallModel(OpenCalls calls, Silo silo, WorkActs work, Prompts prompts, Phrases words, TimeProvider time, ILogger<CallModel> log) : PageModel
{
    /// <summary>The call. Set before any handler runs.</summary>
    public OpenCall? Call { get; private set; }

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The agent wants no suggestions.</summary>
    public bool ArePromptsOff => prompts.AreOff;

    public string Company => Visitor.Of(User)?.Company ?? "";

    public IReadOnlyList<FacetBlock> Blocks { get; private set; } = [];

    /// <summary>What the call may be about: what the agent says came of it is of these.</summary>
    public IReadOnlyList<string> Topics => OutcomeWord.Topics(Call!.Held?.Item, Blocks.Select(block => block.Value));

    /// <summary>Absent: nothing is shown.</summary>
    public Brief? Brief { get; private set; }

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    /// <summary>The number of this look in the customer's record. Absent: nothing was shown.</summary>
    public string? Record { get; private set; }

    /// <summary>Nothing is granted, or nobody is known: not told apart.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The silo does not answer.</summary>
    public bool IsAway { get; private set; }

    [TempData]
    public string? Done { get; set; }

    /// <summary>In the side panel of a desktop, or on a page of its own.</summary>
    public bool IsPanel => Request.Path.StartsWithSegments("/embed");

    /// <summary>Where calls are: what a form posts stays there.</summary>
    public string Place => IsPanel ? "/embed" : "/agent";

    private CustomerHandle Customer => silo.Client.Customer(Call!.Subject);

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Call = calls.Find((string?)RouteData.Values["call"] ?? "", Visitor.SessionOf(User));
        if (Call is null)
        {
            context.Result = Redirect(Place); // over, or somebody else's
        }
    }

    public async Task<IActionResult> OnGet(CancellationToken stop)
    {
        await CatchUp(stop);
        await Look();
        return Page();
    }

    /// <summary>
    /// The interaction ends for good, and with it what was allowed for this call; the agent may say what came of it. The screen forgets the call whatever the silo says.
    /// </summary>
    public async Task<IActionResult> OnPostEnd(string? result, string[] topics, CancellationToken stop)
    {
        calls.End(Call!);
        if (!await Say(OutcomeWord.OfAgent(result, topics, Call!.Interaction, Call.Subject)))
        {
            TempData[PageError.Carried] = words["outcome.lost"];
        }

        await work.GiveBack(Call!, stop);
        try
        {
            await silo.Client.EndInteractionAsync(Call!.Interaction, stop);
        }
        catch (CustomerContextException error)
        {
            CallLog.EndFailed(log, error.Reason);
        }

        return Redirect(Call!.IsFromQueue ? "/agent/queue" : Place);
    }

    /// <summary>What becomes of the work that the agent holds.</summary>
    public Task<IActionResult> OnPostWork(string? act, CancellationToken stop) =>
        Do(async () => Done = await work.Do(act, Call!, stop) is { } key ? words[key] : null);

    public Task<IActionResult> OnPostAsk(string? facet) => Do(async () =>
    {
        var terms = new GrantTerms { Purposes = { Call!.Purpose } };
        terms.Facets.AddRange(FacetBlock.Find(facet) is { } one ? [one] : []);
        Call.Ask(await Customer.RequestConsentAsync(terms, Call.Interaction, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName));
    });

    public Task<IActionResult> OnPostRedeem(string? code) => Do(async () =>
    {
        await Customer.RedeemCodeAsync(code ?? "", Call!.Interaction);
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

    /// <summary>Whether a page helped this customer: the latest word counts, theirs or the agent's.</summary>
    public Task<IActionResult> OnPostHelped(string? said) => Do(async () =>
    {
        if (DidItHelp.Of(said) is { } answer)
        {
            answer.Subject = Call!.Subject;
            await silo.Client.Signals.PublishAsync([Correction.Stamp(answer, time.GetUtcNow())]);
            Done = words["helped.done"];
        }
    });

    /// <summary>Dismisses one suggestion in this call, or turns all off or on.</summary>
    public IActionResult OnPostPrompt(string? dismiss, bool? off)
    {
        if (off is { } isOff)
        {
            prompts.Switch(isOff);
        }
        else if (dismiss is not null && Prompts.IsKey(dismiss))
        {
            Call!.Dismiss(dismiss);
        }

        return Redirect($"{Place}/{Call!.Id}");
    }

    /// <summary>False if it could not be sent: the screen is gone by then, so the next page says so.</summary>
    private async Task<bool> Say(Signal? outcome)
    {
        if (outcome is null)
        {
            return true;
        }

        try
        {
            var results = await silo.Client.Signals.PublishAsync([Correction.Stamp(outcome, time.GetUtcNow())]);
            if (results.FirstOrDefault(result => result.Outcome == SignalOutcome.Refused) is { } refused)
            {
                CallLog.OutcomeLost(log, refused.Status.Reason);
                return false;
            }

            return true;
        }
        catch (CustomerContextException error)
        {
            CallLog.OutcomeLost(log, error.Reason);
            return false;
        }
    }

    private async Task<IActionResult> Do(Func<Task> change, string field = "")
    {
        try
        {
            await change();
            return Redirect($"{Place}/{Call!.Id}");
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words, field)];
            await Look();
            return Page();
        }
    }

    /// <summary>How the request stands by now: a page that hears of nothing by itself is told when it is loaded.</summary>
    private async Task CatchUp(CancellationToken stop)
    {
        if (Call!.Asked is not { State: ConsentRequestState.Waiting } asked)
        {
            return;
        }

        try
        {
            await foreach (var status in silo.Client.WatchRequestAsync(asked.RequestId, stop))
            {
                Call.Take(status);
                break;
            }
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

    private async Task Look()
    {
        try
        {
            var answer = await Customer.GetContextAsync(Call!.Purpose, new LookupOptions { InteractionId = Call.Interaction, Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName });
            Blocks = FacetBlock.Of(answer.Context, answer.Withheld, answer.Absent, new BlockReader(false, time.GetUtcNow(), answer.Brief?.CallMe ?? ""));
            Brief = answer.Brief;
            Call.Note("brief", Said.Clean(Brief?.Headline ?? ""), time.GetUtcNow());
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
