using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Consent;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Me;

/// <summary>The customer's home: who can see me now, what waits for my answer, who looked last.</summary>
internal sealed class IndexModel(Silo silo, Phrases words, TimeProvider time) : PageModel
{
    private const string AiReadersField = "ai_readers";

    public IReadOnlyList<GrantCard> Cards { get; private set; } = [];

    public IReadOnlyList<ConsentRequest> Waiting { get; private set; } = [];

    /// <summary>What else waits for an answer: the page that has it, and the phrase for it.</summary>
    public IReadOnlyList<(string Page, string Phrase)> AlsoWaits { get; private set; } = [];

    public IReadOnlyList<Disclosure> Looks { get; private set; } = [];

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    /// <summary>Absent: nothing is paused.</summary>
    public DateTimeOffset? PausedSince { get; private set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    [TempData]
    public string? Done { get; set; }

    private MeHandle MyHandle => silo.Client.Me;

    public async Task OnGet(CancellationToken stop)
    {
        try
        {
            var consent = MyHandle.GetConsentAsync(cancellation: stop);
            var waiting = MyHandle.ListRequestsAsync(stop);
            var preferences = MyHandle.GetPreferencesAsync(stop);
            var records = await MyHandle.ListDisclosuresAsync(null, stop).FirstAsync(stop);
            var looks = records.Disclosures.Where(LookWords.IsLook).ToArray();
            Looks = [.. looks.Take(HomeScreen.Looks)];
            Waiting = [.. (await waiting).ConsentRequests.Reverse()];
            AlsoWaits = [.. Others(await waiting)];
            var grants = await consent;
            var talking = (await preferences).OpenConversations.Select(open => open.Tenant).ToHashSet();
            PausedSince = grants.PausedSinceTime?.ToDateTimeOffset();
            Cards = [.. grants.Grants.Select(grant => new GrantCard(
                grant, looks.FirstOrDefault(look => look.GrantIds.Contains(grant.GrantId))?.DiscloseTime.ToDateTimeOffset(), talking.Contains(grant.Tenant)))];
        }
        catch (CustomerContextException error)
        {
            Errors = [.. Errors, PageError.Of(error, words)];
        }
    }

    public Task<IActionResult> OnPostStop(string grant, CancellationToken stop) =>
        Do(async () => Done = words["me.stopped", words.Company((await MyHandle.RevokeGrantAsync(grant, stop)).Grant.Tenant)], stop);

    /// <summary>"Yes, I'm talking to them now."</summary>
    public Task<IActionResult> OnPostTalk(string tenant, CancellationToken stop) => Do(() => MyHandle.OpenConversationAsync(tenant, stop), stop);

    /// <summary>The same taken back.</summary>
    public Task<IActionResult> OnPostHush(string tenant, CancellationToken stop) => Do(() => MyHandle.CloseConversationAsync(tenant, stop), stop);

    public Task<IActionResult> OnPostPause(CancellationToken stop) => Do(() => MyHandle.PauseAllAsync(stop), stop);

    public Task<IActionResult> OnPostResume(CancellationToken stop) => Do(() => MyHandle.ResumeAllAsync(stop), stop);

    /// <summary>"Let AI programs read it too": a yes of its own, so it names the notice that stood beside it.</summary>
    public Task<IActionResult> OnPostGiveAi(string grant, string? notice, CancellationToken stop) => Do(async () =>
    {
        var given = await MyHandle.Showing(NoticeBoard.Read(notice)).UpdateGrantAsync(grant, new GrantTerms { AiReaders = new AiReaders() }, [AiReadersField], cancellation: stop);
        Done = words["ai.given", words.Company(given.Grant.Tenant)];
    }, stop);

    /// <summary>The same taken back.</summary>
    public Task<IActionResult> OnPostTakeAi(string grant, CancellationToken stop) => Do(
        async () => Done = words["ai.taken", words.Company((await MyHandle.UpdateGrantAsync(grant, new GrantTerms(), [AiReadersField], cancellation: stop)).Grant.Tenant)], stop);

    /// <param name="decision">"yes:ID" or "no:ID".</param>
    /// <param name="ai">The requests whose box for AI programs is ticked.</param>
    /// <param name="notice">The notice that stood beside it.</param>
    /// <param name="stop">The reader has gone.</param>
    public Task<IActionResult> OnPostAnswer(string? decision, string[] ai, string? notice, CancellationToken stop) => Do(async () =>
    {
        if (decision?.Split(':', 2) is ["yes", var granted])
        {
            await MyHandle.Showing(NoticeBoard.Read(notice)).ApproveAsync(granted, ai.Contains(granted) ? await WithAi(granted, stop) : null, stop);
            Done = words["me.said-yes"];
        }
        else if (decision?.Split(':', 2) is ["no", var declined])
        {
            await MyHandle.DeclineAsync(declined, stop);
            Done = words["me.said-no"];
        }
    }, stop);

    /// <summary>What a request asks for, and the box for AI programs beside it. Absent: it waits no more.</summary>
    private async Task<GrantTerms?> WithAi(string request, CancellationToken stop)
    {
        var terms = (await MyHandle.ListRequestsAsync(stop)).ConsentRequests.FirstOrDefault(waiting => waiting.ConsentRequestId == request)?.Terms;
        return terms is null ? null : new GrantTerms { Purposes = { terms.Purposes }, ShowWhere = terms.ShowWhere, AiReaders = new AiReaders() };
    }

    private static IEnumerable<(string Page, string Phrase)> Others(ListRequestsResponse waiting)
    {
        if (waiting.PanelQuestion is not null)
        {
            yield return ("/me/questions", "me.waits.question");
        }

        if (waiting.Proposals.Any(proposal => proposal.Kind == ProposalKind.Tribe))
        {
            yield return ("/me/tribes", "me.waits.tribes");
        }

        if (waiting.Proposals.Any(proposal => proposal.Kind is ProposalKind.Friend or ProposalKind.Follow))
        {
            yield return ("/me/friends", "me.waits.people");
        }
    }

    private async Task<IActionResult> Do(Func<Task> change, CancellationToken stop)
    {
        try
        {
            await change();
            return Redirect("/me");
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
            await OnGet(stop);
            return Page();
        }
    }
}
