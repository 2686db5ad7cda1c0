namespace CustomerContext.Silo.Ciba;

/// <summary>
/// An OpenID Connect issuer that asks customers on their devices (Client-Initiated Backchannel Authentication, poll mode), as written: section
/// <c>CustomerContext:Ciba</c>, one entry each. Default: none, so customers decide on the consent page alone.
/// </summary>
internal sealed class CibaOptions
{
    /// <summary>The issuer, whose discovery document names its endpoints: https, in development mode also http on loopback. Default: none, required.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>Who we are at the issuer. Default: none, required.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Our secret there, sent as <c>client_secret_post</c>. Default: none, required.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>How long the customer's device asks, in seconds, 1 to 600. Default: 120.</summary>
    public int ExpirySeconds { get; init; } = 120;
}
