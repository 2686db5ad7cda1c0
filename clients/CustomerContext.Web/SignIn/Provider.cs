using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using CustomerContext.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CustomerContext.Web.SignIn;

/// <summary>Signing in at an OpenID Connect provider: authorization code with PKCE, refresh before the token ends, sign-out there as well.</summary>
internal static class Provider
{
    /// <summary>The authentication scheme.</summary>
    public const string Scheme = OpenIdConnectDefaults.AuthenticationScheme;

    /// <summary>A claim that says that somebody signed in there.</summary>
    public const string SignedInThere = "signed_in_at_provider";

    private static readonly TimeSpan _refreshBefore = TimeSpan.FromSeconds(60);

    /// <summary>Adds it.</summary>
    public static void AddProvider(this AuthenticationBuilder authentication, ProviderOptions provider)
    {
        authentication.AddOpenIdConnect(Scheme, options =>
        {
            options.Authority = provider.Authority;
            options.RequireHttpsMetadata = provider.Authority.StartsWith("https:", StringComparison.Ordinal);
            options.ClientId = provider.ClientId;
            options.ClientSecret = provider.ClientSecret;
            options.ResponseType = OpenIdConnectResponseType.Code;
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.UsePkce = true;
            options.Prompt = "consent"; // without it there is no refresh (OpenID Connect Core, 11)
            options.SaveTokens = true;
            options.MapInboundClaims = false;
            options.GetClaimsFromUserInfoEndpoint = false;
            options.Scope.Clear();
            foreach (var scope in provider.Scopes.Prepend("offline_access").Prepend("openid"))
            {
                options.Scope.Add(scope);
            }

            options.Resource = provider.Resource;
            KeepOnHost(options.CorrelationCookie);
            KeepOnHost(options.NonceCookie);
            options.CallbackPath = "/signed-in";
            options.SignedOutCallbackPath = "/signed-out";
            options.Events.OnTokenValidated = context =>
            {
                context.Principal = new ClaimsPrincipal(IdentityOf(context.TokenEndpointResponse!.AccessToken, provider));
                return Task.CompletedTask;
            };
            options.Events.OnRemoteFailure = context =>
            {
                context.HandleResponse();
                context.Response.Redirect("/?failed=sign-in");
                return Task.CompletedTask;
            };
        });
        authentication.Services.Configure<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme, options =>
            options.Events.OnValidatePrincipal = RefreshIfDue);
    }

    private static void KeepOnHost(CookieBuilder cookie)
    {
        // The answer comes as a plain link back, so a lax cookie is sent with it. A __Host- cookie has the path of the whole host.
        cookie.Name = "__Host-" + cookie.Name!.TrimStart('.');
        cookie.Path = "/";
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.Always;
    }

    private static ClaimsIdentity IdentityOf(string accessToken, ProviderOptions provider)
    {
        // It came from the provider itself. The silo checks it at every call; here it only decides which pages are shown.
        var token = new JsonWebTokenHandler().ReadJsonWebToken(accessToken);
        var scopes = token.Claims.Where(claim => claim.Type == "scope").SelectMany(claim => claim.Value.Split(' ')).ToHashSet();
        var company = token.Claims.FirstOrDefault(claim => claim.Type == provider.TenantClaim)?.Value ?? "";
        var role = company.Length == 0 ? Role.Customer
            : scopes.Contains("operations.read") ? Role.Operator
            : scopes.Contains("context.read") ? Role.Agent
            : Role.Analyst;
        var name = token.Claims.FirstOrDefault(claim => claim.Type == "email")?.Value ?? token.Subject;
        var identity = new Visitor(role, name, company).ToIdentity(RandomNumberGenerator.GetHexString(32, lowercase: true));
        identity.AddClaim(new Claim(SignedInThere, "true"));
        return identity;
    }

    private static async Task RefreshIfDue(CookieValidatePrincipalContext context)
    {
        var time = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>();
        if (!context.Principal!.HasClaim(claim => claim.Type == SignedInThere)
            || !DateTimeOffset.TryParse(context.Properties.GetTokenValue("expires_at"), CultureInfo.InvariantCulture, out var expires)
            || time.GetUtcNow() < expires - _refreshBefore)
        {
            return;
        }

        if (await Refresh(context, time) is not { } tokens)
        {
            context.RejectPrincipal();
            return;
        }

        context.Properties.StoreTokens(tokens);
        context.ShouldRenew = true;
    }

    private static async Task<AuthenticationToken[]?> Refresh(CookieValidatePrincipalContext context, TimeProvider time)
    {
        if (context.Properties.GetTokenValue("refresh_token") is not { } refreshToken)
        {
            return null;
        }

        var options = context.HttpContext.RequestServices.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(Scheme);
        var discovery = await options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string?>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = refreshToken,
            ["client_id"] = options.ClientId,
            ["client_secret"] = options.ClientSecret,
            ["resource"] = options.Resource,
        }.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Key, field.Value)));
        using var answer = await options.Backchannel.PostAsync(discovery.TokenEndpoint, form, context.HttpContext.RequestAborted);
        if (!answer.IsSuccessStatusCode)
        {
            return null;
        }

        var message = new OpenIdConnectMessage(await answer.Content.ReadAsStringAsync(context.HttpContext.RequestAborted));
        var seconds = int.TryParse(message.ExpiresIn, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return
        [
            new() { Name = "access_token", Value = message.AccessToken },
            new() { Name = "refresh_token", Value = message.RefreshToken ?? refreshToken },
            new() { Name = "id_token", Value = message.IdToken ?? context.Properties.GetTokenValue("id_token") ?? "" },
            new() { Name = "expires_at", Value = time.GetUtcNow().AddSeconds(seconds).ToString("o", CultureInfo.InvariantCulture) },
        ];
    }
}
