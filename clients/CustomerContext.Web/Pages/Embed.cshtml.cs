using CustomerContext.Web.Calls;
using CustomerContext.Web.Embedding;
using CustomerContext.Web.Hosting;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages;

/// <summary>The side panel of another desktop, while there is no call: waits for the desktop to say that one began.</summary>
internal sealed class EmbedModel(OpenCalls calls, WebConfig config, Phrases words, TimeProvider time) : PageModel
{
    public bool IsAgent => Visitor.Of(User) is { Role: Role.Agent };

    /// <summary>The desktop is of another site: browsers send it no cookie of ours, so that a sign-in would never count here.</summary>
    public bool IsOfAnotherSite => Request.Headers["Sec-Fetch-Site"] == "cross-site";

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    /// <param name="call">The call as the desktop's server signed it.</param>
    public IActionResult OnPostBegin(string? call)
    {
        if (IsAgent && SignedCall.Read(call, config.Embed.Key, time.GetUtcNow()) is { } signed && Agent.IndexModel.SubjectOf(signed.Find) is { } subject
            && Agent.IndexModel.PurposeOf(signed.Purpose) is { } purpose)
        {
            return Redirect($"/embed/{calls.Begin(Visitor.SessionOf(User), subject, purpose, signed.Interaction).Id}");
        }

        Errors = [new PageError("", words["embed.refused"])];
        return Page();
    }
}
