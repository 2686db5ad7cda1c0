using System.Globalization;
using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Consent;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Me;

/// <summary>The yeses that stand until taken back: how each stands, and one press to change it. All are off until the customer says yes.</summary>
internal sealed class ChoicesModel(Silo silo, StandingYeses yeses, Phrases words) : PageModel
{
    /// <summary>The group of <em>publish</em>.</summary>
    public const string Trends = "trends";

    public IReadOnlyList<YesGroup> Groups { get; private set; } = [];

    /// <summary>The consent version that is displayed: a yes counts for no other.</summary>
    public string Version { get; private set; } = "";

    public bool IsPaused { get; private set; }

    /// <summary>
    /// The browser sends Global Privacy Control. Nothing is ever given for the customer, so <em>publish</em> stays off; a yes that they gave here is theirs, and the header takes nothing back. The
    /// page says both.
    /// </summary>
    public bool AsksForPrivacy => Request.Headers["Sec-GPC"] == "1";

    /// <summary>How often mail about looks may come, as the page offers it.</summary>
    public static IReadOnlyList<LookMailKind> MailKinds { get; } = [LookMailKind.Unspecified, LookMailKind.Daily];

    /// <summary>The mail about looks that the customer wants; absent if that could not be read.</summary>
    public GetLookMailResponse? Mail { get; private set; }

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    [TempData]
    public string? Done { get; set; }

    public async Task OnGet(CancellationToken stop)
    {
        try
        {
            var catalog = silo.Client.GetCatalogAsync(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, stop);
            var mail = silo.Client.Me.GetLookMailAsync(stop);
            var read = await silo.Client.Me.GetPreferencesAsync(stop);
            Mail = await mail;
            var preferences = read.Preferences;
            Version = read.ConsentVersion;
            IsPaused = read.PausedSinceTime is not null;
            var purposes = (await catalog).Purposes.Where(purpose => purpose.Facets.Contains(Facet.Tribes)).Select(purpose => purpose.Purpose);
            Groups =
            [
                Group("first", "of_age", StandingYeses.OwnWords),
                Group("moods", [.. purposes.Concat(preferences.Contribute).Distinct().Select(purpose => $"contribute:{purpose}")]),
                Group(Trends, "publish"),
                Group("reading", "contribute_reading", "may_be_contacted"),
                Group("asked", "ask", "leave_me_alone"),
            ];

            YesGroup Group(string name, params string[] names) =>
                new(name, [.. names.Select(yes => new StandingYes(yes, TitleOf(yes), words.Find($"choice.{yes.Replace(':', '.')}.hint") ?? "", StandingYeses.Holds(preferences, yes)))]);
        }
        catch (CustomerContextException error)
        {
            Errors = [.. Errors, PageError.Of(error, words)];
        }
    }

    public Task<IActionResult> OnPostGive(string? yes, string? seen, string? notice, CancellationToken stop) => Do(async () =>
    {
        Done = await yeses.Give(yes ?? "", seen ?? "", NoticeBoard.Read(notice), stop) ? words["choices.given", TitleOf(yes ?? "")] : null;
    }, stop);

    public Task<IActionResult> OnPostWithdraw(string? yes, CancellationToken stop) => Do(async () =>
    {
        Done = await yeses.Withdraw(yes ?? "", stop) ? words["choices.taken", TitleOf(yes ?? "")] : null;
    }, stop);

    public Task<IActionResult> OnPostMail(string? kind, CancellationToken stop) => Do(async () =>
    {
        if (MailKinds.Any(one => NameOf(one) == kind))
        {
            var set = await silo.Client.Me.SetLookMailAsync(MailKinds.First(one => NameOf(one) == kind), CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, stop);
            Done = set.Address.Length > 0 ? words[$"choices.mail.{NameOf(set.Kind)}.to", set.Address] : words["choices.mail.ended"];
        }
    }, stop);

    /// <summary>How a form and the phrases name a kind.</summary>
    public static string NameOf(LookMailKind kind) => kind switch
    {
        LookMailKind.Daily => "daily",
        _ => "never",
    };

    private async Task<IActionResult> Do(Func<Task> change, CancellationToken stop)
    {
        try
        {
            await change();
            if (Done is not null)
            {
                return Redirect("/me/choices");
            }

            Errors = [new PageError("", words["error.gone"])];
        }
        catch (CallerNotAllowedException)
        {
            Errors = [new PageError("", words["choices.sign-in"])];
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words, error.Reason == ErrorReason.NotOfAge ? "of-age" : "")];
        }

        await OnGet(stop);
        return Page();
    }

    private string TitleOf(string yes) => words.Find($"choice.{yes.Replace(':', '.')}") ?? words.Find($"purpose.{yes[(yes.IndexOf(':') + 1)..]}") ?? yes;
}

/// <summary>Yeses under one heading.</summary>
internal sealed record YesGroup(string Name, IReadOnlyList<StandingYes> Yeses);
