using CustomerContext.Client;

namespace CustomerContext.Cli;

/// <summary>How a command ends, for scripts.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Refused = 1;
    public const int Usage = 2;
    public const int Unavailable = 3;
    public const int NotAuthenticated = 4;
    public const int Fault = 5;
    public const int Interrupted = 130;

    /// <summary>For the end of every help page.</summary>
    public const string Help = """
        Exit codes:
          0    done
          1    refused: no consent, not allowed, not found, a limit, a conflict; or some signals were refused
          2    wrong usage: an option, a file, or a field that the server does not accept
          3    the server cannot be reached, or did not answer in time
          4    not authenticated: no key to make a token with, or the token is not accepted
          5    a fault of the server's, or of this program
          130  interrupted (Ctrl+C)
        """;

    public static int Of(CustomerContextException error) => error switch
    {
        InvalidRequestException => Usage,
        ServerUnavailableException or RateLimitedException => Unavailable,
        NotAuthenticatedException => NotAuthenticated,
        ConsentRequiredException or CodeNotAcceptedException or CallerNotAllowedException or PreconditionFailedException or ConflictException or NotFoundException => Refused,
        _ => Fault,
    };
}
