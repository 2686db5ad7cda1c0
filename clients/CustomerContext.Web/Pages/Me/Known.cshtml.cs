using System.Globalization;
using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Consent;
using CustomerContext.Web.Facets;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Me;

/// <summary>What is known of the customer, exactly as an agent would see it, each value with "this is wrong".</summary>
internal sealed class KnownModel(Silo silo, OwnWord own, Phrases words, TimeProvider time) : PageModel
{
    public IReadOnlyList<FacetBlock> Blocks { get; private set; } = [];

    /// <summary>Absent: it could not be had.</summary>
    public Brief? Brief { get; private set; }

    /// <summary>What may be wished, with its words.</summary>
    public IReadOnlyList<TraitEntry> Wishable { get; private set; } = [];

    /// <summary>The wishes that stand, as "please_do_not:call".</summary>
    public IReadOnlySet<string> Wishes { get; private set; } = new HashSet<string>();

    public DateTimeOffset Now => time.GetUtcNow();

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    [TempData]
    public string? Done { get; set; }

    public async Task OnGet(CancellationToken stop)
    {
        try
        {
            var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
            var catalog = silo.Client.GetCatalogAsync(language, stop);
            var answer = await silo.Client.Me.GetContextAsync(options: new LookupOptions { Language = language }, cancellation: stop);
            Brief = answer.Brief;
            Wishes = Consent.Wishes.Of(answer.Context.Situation);
            var traits = (await catalog).Traits;
            Wishable = [.. Consent.Wishes.Traits.Select(name => traits.FirstOrDefault(trait => trait.Name == name)).OfType<TraitEntry>()];
            Blocks = FacetBlock.Of(answer.Context, answer.Withheld, answer.Absent, new BlockReader(true, time.GetUtcNow()));
        }
        catch (CustomerContextException error)
        {
            Errors = [.. Errors, PageError.Of(error, words)];
        }
    }

    public Task<IActionResult> OnPostWrong(string? what, CancellationToken stop) =>
        Say(() => Task.FromResult<IReadOnlyList<Signal>>(Correction.Of(what, isCustomer: true) is { } correction ? [correction] : []), "wrong.done", stop);

    /// <summary>Makes a wish, or takes it back.</summary>
    public Task<IActionResult> OnPostWish(string? wish, CancellationToken stop) => Say(async () =>
    {
        var context = (await silo.Client.Me.GetContextAsync(new LookupOptions { Facets = [Facet.Situation] }, stop)).Context;
        return Consent.Wishes.Press(wish, Consent.Wishes.Of(context.Situation));
    }, "saved", stop);

    private async Task<IActionResult> Say(Func<Task<IReadOnlyList<Signal>>> what, string done, CancellationToken stop)
    {
        try
        {
            if (await own.Say(await what(), stop) is not { } refused)
            {
                Done = words[done];
                return Redirect("/me/known");
            }

            Errors = [refused];
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
        }

        await OnGet(stop);
        return Page();
    }
}
