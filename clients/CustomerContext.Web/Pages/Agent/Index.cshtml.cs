using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Calls;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CustomerContext.Web.Pages.Agent;

/// <summary>Somebody is on the line: who is it?</summary>
internal sealed class IndexModel(OpenCalls calls, Phrases words) : PageModel
{
    /// <summary>What an agent looks for, the usual one first.</summary>
    public static IReadOnlyList<string> Purposes { get; } = ["service.support", "service.complaint", "sales.advice"];

    public string Find { get; private set; } = "";

    public IReadOnlyList<PageError> Errors { get; private set; } = [];

    public IReadOnlyList<OpenCall> Open => calls.Of(Visitor.SessionOf(User));

    public IActionResult OnPost(string? find, string? purpose)
    {
        Find = find?.Trim() ?? "";
        if (SubjectOf(Find) is not { } subject)
        {
            Errors = [new PageError("find", words["agent.find.wrong"])];
            return Page();
        }

        if (PurposeOf(purpose) is not { } chosen)
        {
            return BadRequest();
        }

        var call = calls.Begin(Visitor.SessionOf(User), subject, chosen);
        return Redirect($"/agent/{call.Id}");
    }

    /// <summary>The usual purpose if none is named; absent if the one named is not for agents.</summary>
    public static string? PurposeOf(string? named) => string.IsNullOrEmpty(named) ? Purposes[0] : Purposes.FirstOrDefault(known => known == named);

    /// <summary>An e-mail address has an '@', a phone number begins with '+'; anything else is the company's own id.</summary>
    public static SubjectIdentifier? SubjectOf(string text) => text switch
    {
        { Length: < 1 or > 254 } => null,
        _ when text.Any(char.IsControl) => null,
        ['+', ..] when PhoneOf(text) is { Length: >= 3 and <= 16 } phone => Subject.Phone(phone),
        ['+', ..] => null,
        _ when text.Contains('@') => text.Count(letter => letter == '@') == 1 ? Subject.Email(text) : null,
        { Length: <= 128 } => Subject.Opaque(text),
        _ => null,
    };

    /// <summary>As people write it: blanks, dashes, dots, slashes and brackets do not matter.</summary>
    private static string? PhoneOf(string text)
    {
        var digits = string.Concat(text.Where(letter => !" -./()".Contains(letter)));
        return digits[1..].All(char.IsAsciiDigit) ? digits : null;
    }
}
