using CustomerContext.Client;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Join;

/// <summary>"Never again a message", in one press. Opening the page changes nothing: programs that look at links beforehand stop nobody's messages.</summary>
internal sealed class StopModel(Silo silo, Phrases words) : PageModel
{
    public bool IsDone { get; private set; }

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    public async Task OnPost(string code, string proof, CancellationToken stop)
    {
        try
        {
            await silo.Anybody.Join(code, proof).StopMessagesAsync(stop);
            IsDone = true;
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
        }
    }
}
