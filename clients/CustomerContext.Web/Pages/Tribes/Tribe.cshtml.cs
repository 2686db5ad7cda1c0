using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Tribes;

/// <summary>One tribe: its mood as others show it and corrected, and its trend. There is no way from here to a person.</summary>
internal sealed class TribeModel(Silo silo, Phrases words) : PageModel
{
    /// <summary>Absent: it could not be read.</summary>
    public Tribe? Tribe { get; private set; }

    /// <summary>Absent: too few were heard.</summary>
    public TribeRelease? Release { get; private set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<TrendPoint> Points { get; private set; } = [];

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    public async Task<IActionResult> OnGet(string id, CancellationToken stop)
    {
        try
        {
            var tribe = silo.Client.Tribe(id);
            var answer = await tribe.GetAsync(IndexModel.Purpose, stop);
            (Tribe, Release) = (answer.Tribe, answer.Release);
            Points = await tribe.ListTrendsAsync(IndexModel.Purpose, cancellation: stop).ToListAsync(stop);
            return Page();
        }
        catch (CustomerContextException error) when (error is NotFoundException or InvalidRequestException)
        {
            return NotFound();
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
            return Page();
        }
    }
}
