using CustomerContext.Silo.Access;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TokenReader = CustomerContext.Silo.Access.TokenReader;

namespace CustomerContext.Benchmarks.Town;

/// <summary>Development tokens for the callers of a benchmark.</summary>
internal sealed class Tokens(string dataFolder)
{
    /// <summary>The tenant that looks and sends.</summary>
    public const string Tenant = "acme";

    private readonly SigningCredentials _credentials = new(DevelopmentKey.In(dataFolder), SecurityAlgorithms.EcdsaSha256);
    private readonly JsonWebTokenHandler _handler = new();
    private readonly Lock _signing = new();

    /// <summary>A service of the tenant that reads and sends.</summary>
    public string OfTenant() => Issue(new()
    {
        ["sub"] = "acme/desk",
        ["tenant"] = Tenant,
        ["actor"] = "desk",
        ["actor_type"] = "service",
        ["scope"] = $"{Scopes.ContextRead} {Scopes.SignalWrite}",
    });

    /// <summary>A customer with a verified address.</summary>
    public string OfCustomer(string email) => Issue(new() { ["sub"] = email, ["email"] = email, ["email_verified"] = true, ["scope"] = Scopes.ConsentManage });

    private string Issue(Dictionary<string, object> claims)
    {
        lock (_signing)
        {
            return _handler.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = DevelopmentKey.Issuer,
                Audience = TokenReader.Audience,
                Expires = TimeProvider.System.GetUtcNow().UtcDateTime + TimeSpan.FromHours(12),
                Claims = claims,
                SigningCredentials = _credentials,
            });
        }
    }
}
