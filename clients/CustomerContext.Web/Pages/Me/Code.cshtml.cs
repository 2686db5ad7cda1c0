using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Consent;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Me;

/// <summary>A code to read out to a company: it may look during this call, and no longer.</summary>
internal sealed class CodeModel(Silo silo, Phrases words) : PageModel
{
    /// <summary>What people call a company for.</summary>
    private const string Support = "service.support";

    public IReadOnlyList<Company> Companies { get; private set; } = [];

    /// <summary>The code in fours, shown once. Absent: none was made.</summary>
    public string? Code { get; private set; }

    public string Company { get; private set; } = "";

    public DateTimeOffset Until { get; private set; }

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    public async Task OnGet(CancellationToken stop)
    {
        try
        {
            Companies = [.. (await silo.Client.GetCatalogAsync(cancellation: stop)).Companies.Where(company => company.Purposes.Count > 0)];
        }
        catch (CustomerContextException error)
        {
            Errors = [.. Errors, PageError.Of(error, words)];
        }
    }

    public async Task OnPost(string? tenant, string? notice, CancellationToken stop)
    {
        await OnGet(stop);
        if (Companies.FirstOrDefault(company => company.Tenant == tenant) is not { } chosen)
        {
            Errors = [.. Errors, new PageError("", words["code.who.missing"])];
            return;
        }

        try
        {
            var terms = new GrantTerms { Purposes = { chosen.Purposes.Contains(Support) ? Support : chosen.Purposes[0] } };
            var made = await silo.Client.Me.Showing(NoticeBoard.Read(notice)).CreateSharingCodeAsync(chosen.Tenant, terms, cancellation: stop);
            Code = string.Join(' ', made.Code.Chunk(4).Select(four => new string(four)));
            Company = words.Company(chosen.DisplayName);
            Until = made.ExpiresTime.ToDateTimeOffset();
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
        }
    }
}
