using System.Globalization;
using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Consent;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Me;

/// <summary>The question that one of the customer's tribes asks them, the yes to being asked, and what was asked before.</summary>
internal sealed class QuestionsModel(Silo silo, StandingYeses yeses, OwnWord own, Phrases words) : PageModel
{
    /// <summary>The worst answer.</summary>
    public const int Worst = 1;

    /// <summary>The best answer.</summary>
    public const int Best = 5;

    /// <summary>How tribes ask: a score from <see cref="Worst"/> to <see cref="Best"/>.</summary>
    private const string Scored = "csat";

    /// <summary>The one yes of this page, as <see cref="StandingYeses"/> names it.</summary>
    private const string Asking = "ask";

    /// <summary>Absent: nothing is asked.</summary>
    public PanelQuestion? Question { get; private set; }

    /// <summary>The name of the tribe that asks.</summary>
    public string Asker { get; private set; } = "";

    /// <summary>The yes to being asked. Absent: it could not be read.</summary>
    public StandingYes? Ask { get; private set; }

    public bool IsLeftAlone { get; private set; }

    /// <summary>As <see cref="ChoicesModel.Version"/>.</summary>
    public string Version { get; private set; } = "";

    /// <summary>What was asked before. Absent: the customer has not asked for it.</summary>
    public IReadOnlyList<AskedBefore>? Past { get; private set; }

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    [TempData]
    public string? Done { get; set; }

    public async Task OnGet(bool past, CancellationToken stop)
    {
        try
        {
            var waiting = silo.Client.Me.ListRequestsAsync(stop);
            var read = await silo.Client.Me.GetPreferencesAsync(stop);
            Version = read.ConsentVersion;
            Ask = new StandingYes(Asking, words["choice.ask"], words["choice.ask.hint"], read.Preferences.Ask);
            IsLeftAlone = read.Preferences.LeaveMeAlone;
            Question = (await waiting).PanelQuestion;
            if (Question is not null || past)
            {
                var tribes = (await silo.Client.GetCatalogAsync(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, stop)).Tribes.ToDictionary(tribe => tribe.TribeId, tribe => tribe.DisplayName);
                Asker = tribes.GetValueOrDefault(Question?.TribeId ?? "", Question?.TribeId ?? "");
                Past = past ? await AskedBefore.Read(silo.Client.Me, tribes, stop) : null;
            }
        }
        catch (CustomerContextException error)
        {
            Errors = [.. Errors, PageError.Of(error, words)];
        }
    }

    public Task<IActionResult> OnPostAnswer(string? question, int answer, CancellationToken stop) => Do(async () =>
    {
        if ((await silo.Client.Me.ListRequestsAsync(stop)).PanelQuestion is not { } waiting || waiting.QuestionId != question || answer is < Worst or > Best)
        {
            return Gone;
        }

        Done = words["questions.done"];
        return await own.Say(
            new Signal { Survey = new SurveySignal { Question = Scored, Answer = answer, ScaleMinimum = Worst, ScaleMaximum = Best, Topics = { waiting.Topic }, PanelQuestionId = waiting.QuestionId } },
            stop);
    }, stop);

    public Task<IActionResult> OnPostGive(string? yes, string? seen, string? notice, CancellationToken stop) => Do(async () =>
    {
        Done = words["choices.given", words["choice.ask"]];
        return yes == Asking && await yeses.Give(yes, seen ?? "", NoticeBoard.Read(notice), stop) ? null : Gone;
    }, stop);

    public Task<IActionResult> OnPostWithdraw(string? yes, CancellationToken stop) => Do(async () =>
    {
        Done = words["choices.taken", words["choice.ask"]];
        return yes == Asking && await yeses.Withdraw(yes, stop) ? null : Gone;
    }, stop);

    private PageError Gone => new("", words["error.gone"]);

    private async Task<IActionResult> Do(Func<Task<PageError?>> change, CancellationToken stop)
    {
        try
        {
            if (await change() is not { } refused)
            {
                return Redirect("/me/questions");
            }

            Errors = [refused];
        }
        catch (CallerNotAllowedException)
        {
            Errors = [new PageError("", words["choices.sign-in"])];
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
        }

        Done = null;
        await OnGet(false, stop);
        return Page();
    }
}
