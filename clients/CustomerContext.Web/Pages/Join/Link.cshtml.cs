using CustomerContext.Web.Joins;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Join;

/// <summary>Where links and QR codes lead: takes code and proof out of the address and goes on without them. Opening it changes nothing, however often, whoever fetches it.</summary>
internal sealed class LinkModel(JoinTickets tickets) : PageModel
{
    public IActionResult OnGet(string code, string? proof)
    {
        // The same link again is the same try: who pressed yes and went back is not somebody new.
        var known = tickets.Read(HttpContext);
        if (known?.Code != code || known.Proof != (proof ?? ""))
        {
            tickets.Write(HttpContext, tickets.New(HttpContext, code, proof ?? ""));
        }

        Response.Headers.Location = "/join";
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
