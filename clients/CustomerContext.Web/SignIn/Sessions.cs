using System.Security.Claims;
using System.Security.Cryptography;
using CustomerContext.Web.Calls;
using CustomerContext.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace CustomerContext.Web.SignIn;

/// <summary>The session: one encrypted cookie that holds who is signed in and their own access token, and nothing else.</summary>
internal static class Sessions
{
    /// <summary>The cookie.</summary>
    public const string Cookie = "__Host-session";

    private const string AccessToken = "access_token";

    private static readonly TimeSpan _longest = TimeSpan.FromHours(12);

    /// <summary>Adds the session and, if one is configured, the provider.</summary>
    public static void AddSignIn(this IServiceCollection services, WebConfig config)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<Silo>();
        var authentication = services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = Cookie;
            options.Cookie.SameSite = SameSiteMode.Lax; // a link from a message must find who is signed in; every change is a post with a token of the form
            options.Cookie.HttpOnly = true;
            options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            options.ExpireTimeSpan = _longest;
            options.SlidingExpiration = false;
            options.LoginPath = "/";
            options.AccessDeniedPath = "/";
            options.ReturnUrlParameter = "to";
        });
        if (config.SignIn is { } provider)
        {
            authentication.AddProvider(provider);
        }

        services.AddAuthorizationBuilder()
            .AddPolicy(nameof(Role.Agent), policy => policy.RequireRole(nameof(Role.Agent)))
            .AddPolicy(nameof(Role.Customer), policy => policy.RequireRole(nameof(Role.Customer)))
            .AddPolicy(nameof(Role.Operator), policy => policy.RequireRole(nameof(Role.Operator)))
            .AddPolicy("Company", policy => policy.RequireRole(nameof(Role.Agent), nameof(Role.Analyst), nameof(Role.Operator)));
    }

    /// <summary>Which pages are whose.</summary>
    public static void AuthorizeOnly(this PageConventionCollection conventions)
    {
        conventions.AuthorizeFolder("/Agent", nameof(Role.Agent));
        conventions.AuthorizeFolder("/Me", nameof(Role.Customer));
        conventions.AuthorizeFolder("/Tribes", "Company");
        conventions.AuthorizePage("/Ops", nameof(Role.Operator));
        conventions.AuthorizePage("/Join/Done", nameof(Role.Customer));
    }

    /// <summary>Signs somebody in, in a session with a new id: what was known to an earlier cookie opens nothing.</summary>
    public static Task Begin(HttpContext context, Visitor visitor, string accessToken, DateTimeOffset until)
    {
        var properties = new AuthenticationProperties { ExpiresUtc = until, IsPersistent = false };
        properties.StoreTokens([new AuthenticationToken { Name = AccessToken, Value = accessToken }]);
        return context.SignInAsync(new ClaimsPrincipal(visitor.ToIdentity(RandomNumberGenerator.GetHexString(32, lowercase: true))), properties);
    }

    /// <summary>The access token of who is signed in.</summary>
    public static Task<string?> TokenOf(HttpContext context) => context.GetTokenAsync(AccessToken);

    /// <summary>Where somebody belongs.</summary>
    public static string HomeOf(Role role) => role switch
    {
        Role.Agent => "/agent",
        Role.Customer => "/me",
        Role.Analyst => "/tribes",
        _ => "/ops",
    };

    /// <summary>Maps signing out.</summary>
    public static void MapSignIn(this WebApplication app) => app.MapPost("/sign-out", SignOut);

    private static async Task<IResult> SignOut(HttpContext context, OpenCalls calls, WebConfig config, Microsoft.AspNetCore.Antiforgery.IAntiforgery forms)
    {
        if (!await forms.IsRequestValidAsync(context))
        {
            return Results.BadRequest();
        }

        calls.EndAllOf(Visitor.SessionOf(context.User));
        return config.SignIn is not null && context.User.HasClaim(claim => claim.Type == Provider.SignedInThere)
            ? Results.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [CookieAuthenticationDefaults.AuthenticationScheme, Provider.Scheme])
            : Results.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [CookieAuthenticationDefaults.AuthenticationScheme]);
    }
}
