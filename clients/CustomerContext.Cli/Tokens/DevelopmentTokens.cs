using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerContext.Cli.Tokens;

/// <summary>Makes development tokens: ES256, signed with the key that the server keeps in its data directory.</summary>
internal sealed class DevelopmentTokens : IDisposable
{
    public const string Issuer = "customercontext-development";
    public const string Audience = "customercontext";
    public const string KeyFile = "development-key.pem";

    /// <summary>What a customer's own token allows.</summary>
    public static readonly string[] CustomerScopes = ["consent.manage", "signal.write", "context.read", "tribe.read"];

    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(12);

    private readonly ECDsa _key;
    private readonly TimeProvider _time;
    private readonly SigningCredentials _credentials;
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    private DevelopmentTokens(ECDsa key, TimeProvider time)
    {
        _key = key;
        _time = time;
        _credentials = new SigningCredentials(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256)
        {
            // The shared cache would go on using this key, disposed of, for the next reader of the same file.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
    }

    /// <exception cref="MissingKeyException">There is no key, or it cannot be read.</exception>
    public static DevelopmentTokens Load(string dataDirectory, TimeProvider time)
    {
        var path = Path.GetFullPath(Path.Combine(dataDirectory, KeyFile));
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            return new DevelopmentTokens(key, time);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new MissingKeyException(path, e);
        }
    }

    public string Issue(TokenHolder holder, IEnumerable<string> scopes, TimeSpan lifetime, string? client = null)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var claims = ClaimsOf(holder);
        claims["scope"] = string.Join(' ', scopes);
        if (client is not null)
        {
            claims["client_id"] = client;
        }

        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now,
            Expires = now + lifetime,
            Claims = claims,
            SigningCredentials = _credentials,
        });
    }

    public void Dispose() => _key.Dispose();

    private static Dictionary<string, object> ClaimsOf(TokenHolder holder) => holder switch
    {
        TokenHolder.Person person => OfTenant(person.Tenant, person.Actor, "person"),
        TokenHolder.Program program => OfTenant(program.Tenant, program.Actor, "service"),
        TokenHolder.Customer { Subject: ['+', ..] phone } => new() { ["sub"] = phone, ["phone_number"] = phone, ["phone_number_verified"] = true },
        TokenHolder.Customer customer => new() { ["sub"] = customer.Subject, ["email"] = customer.Subject, ["email_verified"] = true },
        _ => throw new ArgumentOutOfRangeException(nameof(holder)),
    };

    private static Dictionary<string, object> OfTenant(string tenant, string actor, string type) =>
        new() { ["sub"] = $"{tenant}/{actor}", ["tenant"] = tenant, ["actor"] = actor, ["actor_type"] = type };
}
