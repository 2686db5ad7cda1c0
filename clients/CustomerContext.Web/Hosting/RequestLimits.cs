using System.Threading.RateLimiting;
using CustomerContext.Web.SignIn;

namespace CustomerContext.Web.Hosting;

/// <summary>How often somebody may try to sign in, and try codes. The windows are short: a shared address is slowed, not locked out.</summary>
internal static class RequestLimits
{
    /// <summary>Attempts to sign in, by address.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Attempts at a code, by sign-in.</summary>
    public const string Codes = "codes";

    /// <summary>Attempts to sign in, an address a minute.</summary>
    public const int SignInsPerMinute = 60;

    /// <summary>Codes tried, a sign-in a minute.</summary>
    public const int CodesPerMinute = 10;

    /// <summary>Codes tried by people who are not signed in, an address a minute: a carrier's many customers share one. The silo counts guesses of its own.</summary>
    public const int AnonymousCodesPerMinute = 120;

    /// <summary>The handler of a page that takes a code.</summary>
    private const string CodeHandler = "Redeem";

    /// <summary>Adds both.</summary>
    public static void AddRequestLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (context, _) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = "60";
            return ValueTask.CompletedTask;
        };
        options.AddPolicy(SignIn, context => IsAttempt(context) ? AMinute(context.Connection.RemoteIpAddress?.ToString() ?? "", SignInsPerMinute) : Free());
        options.AddPolicy(Codes, context => !IsCode(context) ? Free()
            : Visitor.SessionOf(context.User) is { Length: > 0 } session ? AMinute(session, CodesPerMinute)
            : AMinute(context.Connection.RemoteIpAddress?.ToString() ?? "", AnonymousCodesPerMinute));
    });

    /// <summary>Looking at the form is no attempt; asking the provider is one.</summary>
    private static bool IsAttempt(HttpContext context) => HttpMethods.IsPost(context.Request.Method) || context.Request.Path.StartsWithSegments("/sign-in");

    private static bool IsCode(HttpContext context) => HttpMethods.IsPost(context.Request.Method) && context.Request.Query["handler"] == CodeHandler;

    private static RateLimitPartition<string> AMinute(string who, int permits) =>
        RateLimitPartition.GetFixedWindowLimiter(who, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });

    private static RateLimitPartition<string> Free() => RateLimitPartition.GetNoLimiter("free");
}
