using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Me;

/// <summary>Connects an account in a network: first what that means and the way to the network, where people show that it is theirs; then, when they are back with a proof, the yes.</summary>
internal sealed class ConnectModel(Silo silo, Phrases words) : PageModel
{
    /// <summary>Why somebody may come back without a proof, as the connector says it; the phrases are connect.failed.WHY.</summary>
    private static readonly string[] _reasons = ["no", "over", "host", "silo"];

    /// <summary>The network. Absent: there is none of that name, or nobody can connect it.</summary>
    public Company? Network { get; private set; }

    /// <summary>Where they show that the account is theirs. Absent: they have.</summary>
    public Uri? Way { get; private set; }

    /// <summary>What they brought back. Secret. Empty: nothing.</summary>
    public string Proof { get; private set; } = "";

    /// <summary>Grants that could show it as well.</summary>
    public IReadOnlyList<Grant> Grants { get; private set; } = [];

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    public async Task OnGet(string? network, string? proof, string? failed, CancellationToken stop)
    {
        if (_reasons.Contains(failed))
        {
            Errors = [new PageError("", words[$"connect.failed.{failed}"])];
        }

        await Read(network, proof, stop);
    }

    public async Task<IActionResult> OnPost(string? network, string? proof, string[]? grants, CancellationToken stop)
    {
        try
        {
            await silo.Client.Me.ConnectNetworkAsync(network ?? "", proof ?? "", grants, stop);
            TempData[nameof(SourcesModel.Done)] = words["connect.done"];
            return Redirect("/me/sources");
        }
        catch (CodeNotAcceptedException)
        {
            Errors = [new PageError("", words["connect.failed.over"])];
            await Read(network, null, stop);
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
            await Read(network, proof, stop);
        }

        return Page();
    }

    private async Task Read(string? network, string? proof, CancellationToken stop)
    {
        try
        {
            Network = (await silo.Client.GetCatalogAsync(cancellation: stop)).Companies.FirstOrDefault(company => company.Tenant == network && company.HasConnector);
            if (Network is null)
            {
                Errors = [.. Errors, new PageError("", words["error.gone"])];
                return;
            }

            Proof = proof ?? "";
            if (Proof.Length == 0)
            {
                Way = new Uri((await silo.Client.Identity.BeginConnectionAsync(Network.Tenant, stop)).ConnectUri);
                return;
            }

            Grants = (await silo.Client.Me.GetConsentAsync(cancellation: stop)).Grants;
        }
        catch (CustomerContextException error)
        {
            Errors = [.. Errors, PageError.Of(error, words)];
        }
    }
}
