using System.Text.Json.Nodes;
using CustomerContext.Client;
using CustomerContext.V1;
using Spectre.Console;

namespace CustomerContext.Cli.Output;

/// <summary>Tells what went wrong, and what to do about it: on standard error.</summary>
internal static class ErrorReport
{
    public static void Write(Surroundings surroundings, bool isJson, CustomerContextException error)
    {
        if (isJson)
        {
            surroundings.Errors.WriteLine(Json.Line(new JsonObject { ["error"] = Describe(error) }));
            return;
        }

        Write(surroundings, false, error.Code.ToString(), error.Message);
        var hint = Hint(error);
        if (hint.Length > 0)
        {
            surroundings.Notes.MarkupLine($"[grey]{Markup.Escape(hint)}[/]");
        }
    }

    public static void Write(Surroundings surroundings, bool isJson, string code, string message)
    {
        if (isJson)
        {
            surroundings.Errors.WriteLine(Json.Line(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } }));
        }
        else
        {
            surroundings.Notes.MarkupLine($"[red]{Markup.Escape(message)}[/]");
        }
    }

    public static JsonObject Describe(CustomerContextException error)
    {
        var described = new JsonObject { ["code"] = error.Code.ToString(), ["message"] = error.Message };
        Add("reason", error.Reason == ErrorReason.Unspecified ? null : Words.Code(error.Reason));
        Add("field", error.Detail.Field);
        Add("rule", error.Detail.Rule);
        if (error.Detail.RetryDelay is { } delay)
        {
            described["retryDelaySeconds"] = delay.TotalSeconds;
        }

        return described;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                described[name] = value;
            }
        }
    }

    private static string Hint(CustomerContextException error) => error switch
    {
        ConsentRequiredException =>
            "Nothing is granted for this purpose, or there is no such customer: which of the two is not told. Ask the customer.",
        CodeNotAcceptedException => "Ask the customer to read the code out once more, or to make a new one: five wrong tries end it.",
        InvalidRequestException { Field: { } field, Rule: { } rule } => $"{field}: {rule}",
        ServerUnavailableException => "Is the server running? ./run starts it; --address says where to look.",
        RateLimitedException { Reason: ErrorReason.Overloaded } => "Nothing of it was done. The server has too much to do for all its callers; send the same again in a while.",
        RateLimitedException => "Nothing of it was done. Send the same again in a while; the rate of this caller is used up.",
        NotAuthenticatedException { Reason: not ErrorReason.Unspecified } => "Is --data the data directory of this server? Or bring a token with --token.",
        _ => "",
    };
}
