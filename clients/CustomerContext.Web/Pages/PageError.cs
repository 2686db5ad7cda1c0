using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Words;

namespace CustomerContext.Web.Pages;

/// <summary>What went wrong with a form.</summary>
/// <param name="Field">The id of the field. Empty: no single field.</param>
/// <param name="Words">What to do about it.</param>
internal sealed record PageError(string Field, string Words)
{
    /// <summary>The key of TempData with the words of an error that the page before left.</summary>
    public const string Carried = "Error";

    /// <summary>The page of the field. Empty: this one.</summary>
    public string Page { get; init; } = "";

    /// <summary>What the silo refused, in words. The silo's own text is English and for engineers, so it is not shown.</summary>
    public static PageError Of(CustomerContextException error, Phrases words, string field = "") => new(field, error switch
    {
        CodeNotAcceptedException => words["agent.code.wrong"],
        ConsentRequiredException => words["error.consent"],
        RateLimitedException { Reason: ErrorReason.Overloaded } => words["error.busy"],
        RateLimitedException => words["error.rate"],
        ServerUnavailableException => words["error.away"],
        NotAuthenticatedException => words["error.session"],
        InvalidRequestException => words["error.invalid"],
        NotFoundException => words["error.gone"],
        _ => words.Find($"error.{error.Reason}") ?? words["error.other"],
    });
}
