using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Consent;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Me;

/// <summary>Who may send what is kept of the customer: one press each to stop, and one to let them.</summary>
internal sealed class SourcesModel(Silo silo, StandingYeses yeses, Phrases words) : PageModel
{
    /// <summary>Those that may send, and the networks that are connected.</summary>
    public IReadOnlyList<Source> Sources { get; private set; } = [];

    /// <summary>Companies that may not send anything.</summary>
    public IReadOnlyList<Company> Others { get; private set; } = [];

    /// <summary>Networks in which an account could be connected.</summary>
    public IReadOnlyList<Company> Networks { get; private set; } = [];

    /// <summary>As <see cref="ChoicesModel.Version"/>.</summary>
    public string Version { get; private set; } = "";

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    [TempData]
    public string? Done { get; set; }

    public async Task OnGet(CancellationToken stop)
    {
        try
        {
            var catalog = silo.Client.GetCatalogAsync(cancellation: stop);
            var read = await silo.Client.Me.ListSourcesAsync(stop);
            Sources = [.. read.Sources.Where(source => source.IsCollected || source.SinceTime is not null)];
            Version = read.ConsentVersion;
            var may = Sources.Select(source => source.Source_.Split('/')[0]).ToHashSet();
            Networks = [.. (await catalog).Companies.Where(company => company.HasConnector && !may.Contains(company.Tenant))];
            Others = [.. (await catalog).Companies.Where(company => !company.IsNetwork && !may.Contains(company.Tenant))];
        }
        catch (CustomerContextException error)
        {
            Errors = [.. Errors, PageError.Of(error, words)];
        }
    }

    public Task<IActionResult> OnPostStop(string? source, CancellationToken stop) => Do(() => yeses.Withdraw($"collect:{source}", stop), "sources.stopped", stop);

    public Task<IActionResult> OnPostDisconnect(string? network, CancellationToken stop) => Do(() => Disconnect(network ?? "", stop), "sources.stopped", stop);

    public Task<IActionResult> OnPostGive(string? source, string? seen, string? notice, CancellationToken stop) =>
        Do(() => yeses.Give($"collect:{source}", seen ?? "", NoticeBoard.Read(notice), stop), "sources.given", stop);

    private async Task<bool> Disconnect(string network, CancellationToken stop)
    {
        await silo.Client.Me.DisconnectNetworkAsync(network, stop);
        return true;
    }

    private async Task<IActionResult> Do(Func<Task<bool>> change, string done, CancellationToken stop)
    {
        try
        {
            if (await change())
            {
                Done = words[done];
                return Redirect("/me/sources");
            }

            Errors = [new PageError("", words["error.gone"])];
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
        }

        await OnGet(stop);
        return Page();
    }
}
