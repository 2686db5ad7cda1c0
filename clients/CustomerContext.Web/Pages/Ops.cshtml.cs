using CustomerContext.Web.Calls;
using CustomerContext.Web.Hosting;
using CustomerContext.Web.Operation;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages;

/// <summary>For who runs the service: is everything there, and what was it asked?</summary>
internal sealed class OpsModel(IHttpClientFactory http, WebConfig config, OpenCalls calls) : PageModel
{
    public SiloFigures Figures { get; private set; } = new(null, [], [], [], []);

    public bool IsHealthy => Figures.Health == "Healthy";

    /// <summary>Calls that are open on agents' screens here.</summary>
    public int OpenCalls => calls.Count;

    public async Task OnGet(CancellationToken stop)
    {
        using var client = http.CreateClient();
        Figures = await SiloFigures.ReadFirst(client, config.SiloHttp, stop);
    }
}
