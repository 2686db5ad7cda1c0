using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Tribes;

/// <summary>All tribes, each with a sentence about its last release.</summary>
internal sealed class IndexModel(Silo silo, Phrases words) : PageModel
{
    /// <summary>What an analyst looks for.</summary>
    public const string Purpose = "service.support";

    /// <summary>Each tribe with its last release; none where too few were heard.</summary>
    public IReadOnlyList<(Tribe Tribe, TribeRelease? Release)> Tribes { get; private set; } = [];

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    public async Task OnGet(CancellationToken stop)
    {
        try
        {
            var tribes = await silo.Client.ListTribesAsync(Purpose, cancellation: stop).ToListAsync(stop);
            var releases = await Task.WhenAll(tribes.Select(tribe => silo.Client.Tribe(tribe.TribeId).GetAsync(Purpose, stop)));
            Tribes = [.. tribes.Zip(releases, (tribe, answer) => (tribe, (TribeRelease?)answer.Release))];
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
        }
    }
}
