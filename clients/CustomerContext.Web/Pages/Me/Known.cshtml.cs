using System.Globalization;
using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Consent;
using CustomerContext.Web.Facets;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;

namespace CustomerContext.Web.Pages.Me;

/// <summary>What is known of the customer, exactly as an agent would see it, each value with "this is wrong".</summary>
internal sealed class KnownModel(Silo silo, OwnWord own, Phrases words, TimeProvider time) : SayingModel(words)
{
    public IReadOnlyList<FacetBlock> Blocks { get; private set; } = [];

    /// <summary>Absent: it could not be had.</summary>
    public Brief? Brief { get; private set; }

    /// <summary>What may be wished, with its words.</summary>
    public IReadOnlyList<TraitEntry> Wishable { get; private set; } = [];

    /// <summary>The wishes that stand, as "please_do_not:call".</summary>
    public IReadOnlySet<string> Wishes { get; private set; } = new HashSet<string>();

    public DateTimeOffset Now => time.GetUtcNow();

    public override async Task OnGet(CancellationToken stop)
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
            Errors = [.. Errors, PageError.Of(error, Words)];
        }
    }

    public Task<IActionResult> OnPostWrong(string? what, CancellationToken stop) => Do(
        () => Correction.Of(what, isCustomer: true) is { } correction ? own.Correct(correction, stop) : Task.FromResult<PageError?>(Gone), "wrong.done", stop);

    /// <summary>Whether a page helped. That it did not can be said where own words are kept, like that it did.</summary>
    public Task<IActionResult> OnPostHelped(string? said, CancellationToken stop) =>
        Do(() => DidItHelp.Of(said) is { } answer ? own.Say(answer, stop) : Task.FromResult<PageError?>(Gone), "helped.done", stop);

    /// <summary>Whether an interaction helped: the latest word counts, theirs or the company's.</summary>
    public Task<IActionResult> OnPostOutcome(string? said, CancellationToken stop) =>
        Do(() => OutcomeWord.Of(said) is { } word ? own.Say(word, stop) : Task.FromResult<PageError?>(Gone), "helped.done", stop);

    /// <summary>Makes a wish: the same as often as it is pressed.</summary>
    public Task<IActionResult> OnPostMake(string? wish, CancellationToken stop) => Do(
        async () => wish is not null && Consent.Wishes.IsOne(wish, (await silo.Client.GetCatalogAsync(cancellation: stop)).Traits) ? await own.Say(Consent.Wishes.Make(wish), stop) : Gone, "saved", stop);

    /// <summary>Takes a wish back, also one that the catalogue does not have any more.</summary>
    public Task<IActionResult> OnPostDrop(string? wish, CancellationToken stop) => Do(async () =>
    {
        var stand = Consent.Wishes.Of((await silo.Client.Me.GetContextAsync(new LookupOptions { Facets = [Facet.Situation] }, stop)).Context.Situation);
        var isOne = wish is not null && (stand.Contains(wish) || Consent.Wishes.IsOne(wish, (await silo.Client.GetCatalogAsync(cancellation: stop)).Traits));
        return isOne ? await own.TakeBack(Consent.Wishes.Drop(wish!, stand), stop) : Gone;
    }, "saved", stop);

    private PageError Gone => new("", Words["error.gone"]);
}
