using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Hosting;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace CustomerContext.Web.Pages.Me;

/// <summary>The people around the customer: who is said to be a friend, who is, and the name by which friends and companies call the customer.</summary>
[EnableRateLimiting(RequestLimits.Codes)]
internal sealed class FriendsModel(Silo silo, Phrases words, TimeProvider time) : PageModel
{
    public IReadOnlyList<Tie> Proposed { get; private set; } = [];

    public IReadOnlyList<Tie> Known { get; private set; } = [];

    public string CallMe { get; private set; } = "";

    /// <summary>A friend code just made, in threes: shown once. Absent: none was made.</summary>
    public string? Code { get; private set; }

    /// <summary>The page on which that code is filled in. Absent: the server makes no links.</summary>
    public string? Link { get; private set; }

    /// <summary>The code of a friend's link that was followed here. Absent: there was none. Only a press of the button redeems it.</summary>
    public string? Given { get; private set; }

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    [TempData]
    public string? Done { get; set; }

    private MeHandle MyHandle => silo.Client.Me;

    public Task OnGet(string? given, CancellationToken stop)
    {
        Given = given;
        return Read(stop);
    }

    /// <param name="decision">"Yes:ID", "No:ID" and so on.</param>
    /// <param name="stop">The reader has gone.</param>
    public Task<IActionResult> OnPostDecide(string? decision, CancellationToken stop) => Do("", async () =>
    {
        if (decision?.Split(':', 2) is [var said, var tie] && Enum.TryParse<TieDecision>(said, out var answer))
        {
            await MyHandle.DecideTieAsync(tie, answer, stop);
            Done = words["saved"];
        }
    }, stop);

    public async Task<IActionResult> OnPostCode(CancellationToken stop)
    {
        try
        {
            var made = await MyHandle.CreateFriendCodeAsync(stop);
            Code = string.Join(' ', made.FriendCode.Chunk(3).Select(three => new string(three)));
            Link = made.FriendUrl.Length > 0 ? made.FriendUrl : null;
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
        }

        await Read(stop);
        return Page();
    }

    public Task<IActionResult> OnPostRedeem(string? code, CancellationToken stop) => Do("friend-code", async () =>
    {
        await MyHandle.RedeemFriendCodeAsync(code ?? "", stop);
        Done = words["friends.redeemed"];
    }, stop);

    public Task<IActionResult> OnPostName(string? callMe, CancellationToken stop) => Do("call-me", async () =>
    {
        await MyHandle.ChangePreferencesAsync(new Preferences { CallMe = callMe?.Trim() ?? "" }, ["call_me"], cancellation: stop);
        Done = words["saved"];
    }, stop);

    private async Task<IActionResult> Do(string field, Func<Task> change, CancellationToken stop)
    {
        try
        {
            await change();
            return Redirect("/me/friends");
        }
        catch (NotFoundException) when (field == "friend-code")
        {
            Errors = [new PageError(field, words["friends.code.wrong"])];
        }
        catch (InvalidRequestException) when (field.Length > 0)
        {
            Errors = [new PageError(field, words[field == "call-me" ? "question.call-me.wrong" : "friends.code.wrong"])];
        }
        catch (CustomerContextException error)
        {
            Errors = [PageError.Of(error, words)];
        }

        await Read(stop);
        return Page();
    }

    private async Task Read(CancellationToken stop)
    {
        try
        {
            var ties = await MyHandle.ListTiesAsync(null, stop).ToArrayAsync(stop);
            Proposed = [.. ties.Where(tie => tie.State == TieState.Proposed)];
            Known = [.. ties.Where(tie => tie.State != TieState.Proposed)];
            CallMe = (await MyHandle.GetPreferencesAsync(stop)).Preferences.CallMe;
        }
        catch (CustomerContextException error)
        {
            Errors = [.. Errors, PageError.Of(error, words)];
        }
    }
}
