using System.Text;
using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Me;

/// <summary>Every look and every change of consent, in words; and the check that nothing was changed afterwards.</summary>
internal sealed class LooksModel(Silo silo, Phrases words) : PageModel
{
    private const int PageSize = 30;

    public IReadOnlyList<Disclosure> Records { get; private set; } = [];

    public IReadOnlyList<RefusedLooks> Refused { get; private set; } = [];

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    /// <summary>Where the next page begins. Empty: this is the last.</summary>
    public string Next { get; private set; } = "";

    /// <summary>What the check found. Absent: it was not asked for.</summary>
    public string? Checked { get; private set; }

    /// <summary>The end of the chain: its number and hash, to be kept and held against the log later.</summary>
    public string Head { get; private set; } = "";

    public async Task OnGet(string? after, CancellationToken stop)
    {
        try
        {
            var filter = new ListDisclosuresRequest { PageSize = PageSize, PageToken = after ?? "" };
            var page = await silo.Client.Me.ListDisclosuresAsync(filter, stop).FirstAsync(stop);
            (Records, Refused, Next) = (page.Disclosures, page.RefusedLooks, page.NextPageToken);
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
        }
    }

    public async Task OnPostCheck(CancellationToken stop)
    {
        await OnGet(null, stop);
        try
        {
            var pages = await silo.Client.Me.ListDisclosuresAsync(null, stop).ToListAsync(stop);
            var head = pages[0].ChainHead;
            var fault = DisclosureChain.Verify(pages.SelectMany(page => page.Disclosures), head, pages[0].Checkpoint);
            Checked = fault is null ? words["check.good", head.Sequence] : words["check.bad", fault];
            Head = Line(head);
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
        }
    }

    /// <summary>The end of the chain as a file, for holding it against the log later: <c>ctx disclosures --verify --head</c> reads it.</summary>
    public async Task<IActionResult> OnPostHead(CancellationToken stop)
    {
        try
        {
            var page = await silo.Client.Me.ListDisclosuresAsync(new ListDisclosuresRequest { PageSize = 1 }, stop).FirstAsync(stop);
            return File(Encoding.ASCII.GetBytes($"{Line(page.ChainHead)}\n"), "text/plain", "record-end.txt");
        }
        catch (CustomerContextException error)
        {
            await OnGet(null, stop);
            Errors = [PageError.Of(error, words)];
            return Page();
        }
    }

    private static string Line(ChainHead head) => $"{head.Sequence} {Convert.ToHexStringLower(head.Hash.Span)}";
}
