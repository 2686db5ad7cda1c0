using System.Security.Cryptography;
using CustomerContext.Web.Embedding;
using CustomerContext.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages;

/// <summary>An example of a desktop that shows the side panel: "a CRM". Its server signs the call; its page only hands it on. There only in development mode.</summary>
internal sealed class CrmModel(WebConfig config, TimeProvider time) : PageModel
{
    private static readonly TimeSpan _signedFor = TimeSpan.FromMinutes(5);

    public string Find { get; private set; } = "customer1@example.org";

    /// <summary>The call, signed. Absent: none has begun.</summary>
    public string? Signed { get; private set; }

    public IActionResult OnGet() => config.Development ? Page() : NotFound();

    public IActionResult OnPost(string? find)
    {
        if (!config.Development)
        {
            return NotFound();
        }

        Find = find?.Trim() ?? "";
        var interaction = RandomNumberGenerator.GetHexString(32, lowercase: true);
        Signed = new SignedCall(interaction, Find, "", (time.GetUtcNow() + _signedFor).ToUnixTimeSeconds()).Sign(config.Embed.Key);
        return Page();
    }
}
