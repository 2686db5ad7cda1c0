using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Config;

namespace CustomerContext.Silo.Ciba;

/// <summary>Reads the issuers that ask customers on their devices, or says everything that is wrong with them.</summary>
internal static class CibaConfigReader
{
    private const string Section = "CustomerContext:Ciba";
    private const int MostSeconds = 600;

    /// <exception cref="SiloConfigException">One or more settings are wrong.</exception>
    public static ImmutableArray<CibaIssuer> Read(IConfiguration configuration, SiloConfig config)
    {
        var options = configuration.GetSection(Section).Get<CibaOptions[]>() ?? [];
        var errors = options.SelectMany((one, i) => Errors(one, config).Select(error => $"{Section}:{i}:{error}")).ToArray();
        return errors.Length == 0
            ? [.. options.Select(one => new CibaIssuer(one.Issuer, one.ClientId, one.ClientSecret, TimeSpan.FromSeconds(one.ExpirySeconds)))]
            : throw new SiloConfigException(errors);
    }

    private static IEnumerable<string> Errors(CibaOptions options, SiloConfig config)
    {
        var isUrl = Uri.TryCreate(options.Issuer, UriKind.Absolute, out var issuer) && options.Issuer.Length <= Limits.Identifiers.IssuerLength;
        if (!isUrl || !(issuer!.Scheme == Uri.UriSchemeHttps || (config.Development && issuer.IsLoopback && issuer.Scheme == Uri.UriSchemeHttp)))
        {
            yield return "Issuer must be an https URL (in development mode also http on loopback)";
        }

        if (options.ClientId.Length == 0)
        {
            yield return "ClientId is required";
        }

        // An ID token names the client as its audience. It must not be good as an access token.
        if (options.ClientId == TokenReader.Audience || config.Access.Issuers.Values.Any(one => one.Audience == options.ClientId))
        {
            yield return "ClientId must not be the Audience of access tokens";
        }

        if (options.ClientSecret.Length == 0)
        {
            yield return "ClientSecret is required";
        }

        if (options.ExpirySeconds is < 1 or > MostSeconds)
        {
            yield return $"ExpirySeconds must be 1 to {MostSeconds}";
        }
    }
}
