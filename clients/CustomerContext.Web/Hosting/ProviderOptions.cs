namespace CustomerContext.Web.Hosting;

/// <summary>An OpenID Connect provider, where people sign in: authorization code with PKCE.</summary>
internal sealed class ProviderOptions
{
    /// <summary>Its issuer, where discovery is found.</summary>
    public string Authority { get; set; } = "";

    /// <summary>This process's client id there.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The client's secret. Absent: a public client.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>The audience that access tokens are asked for (RFC 8707 resource). Absent: the provider's default.</summary>
    public string? Resource { get; set; }

    /// <summary>Scopes to ask for beside <c>openid</c> and <c>offline_access</c>.</summary>
    public string[] Scopes { get; set; } = ["context.read", "signal.write", "consent.manage", "tribe.read", "attention.work"];

    /// <summary>The name of a claim of the access token that says which company somebody works for. Without it somebody is a customer.</summary>
    public string TenantClaim { get; set; } = "tenant";

    /// <summary>What is wrong with it.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var uri) || !(uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback)))
        {
            yield return "SignIn:Authority must be an https address, or http on loopback";
        }

        if (ClientId.Length == 0)
        {
            yield return "SignIn:ClientId is required";
        }
    }
}
