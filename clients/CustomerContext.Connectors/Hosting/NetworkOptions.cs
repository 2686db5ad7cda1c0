namespace CustomerContext.Connectors.Hosting;

/// <summary>A network that this process connects.</summary>
internal sealed class NetworkOptions
{
    /// <summary>Its id in the silo's tenants file, where it is a network.</summary>
    public string Network { get; set; } = "";

    /// <summary>The server whose API it reads: an https address without a path; http on loopback in development mode.</summary>
    public string Host { get; set; } = "";

    /// <summary>Where this process gets its access tokens for the silo, by client credentials (RFC 6749, 4.4). Not in development mode.</summary>
    public string TokenEndpoint { get; set; } = "";

    /// <summary>Its client id there.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Its secret there.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The server, as an address.</summary>
    public Uri HostUri => new(Host);

    /// <summary>What is wrong with it.</summary>
    public IEnumerable<string> Mistakes(bool isDevelopment)
    {
        if (Network.Length is 0 or > 40 || !Network.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
        {
            yield return "Network must be 1 to 40 characters of a-z, 0-9 and '-'";
        }

        if (!Uri.TryCreate(Host, UriKind.Absolute, out var host) || host.PathAndQuery != "/" || host.UserInfo.Length > 0 || !IsSafe(host, isDevelopment))
        {
            yield return "Host must be an https address without a path; http is for loopback in development mode";
        }

        if (isDevelopment)
        {
            yield break;
        }

        if (!Uri.TryCreate(TokenEndpoint, UriKind.Absolute, out var endpoint) || !IsSafe(endpoint, allowsLoopback: true))
        {
            yield return "TokenEndpoint must be an https address, or http on loopback";
        }

        if (ClientId.Length == 0 || ClientSecret.Length == 0)
        {
            yield return "ClientId and ClientSecret are required";
        }
    }

    private static bool IsSafe(Uri address, bool allowsLoopback) => address.Scheme == Uri.UriSchemeHttps || (allowsLoopback && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}
