using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace CustomerContext.Web.Words;

/// <summary>The languages of the pages: the reader's choice first, then what their browser asks for.</summary>
internal static class Languages
{
    /// <summary>The cookie that keeps the choice.</summary>
    public const string Cookie = "__Host-language";

    /// <summary>The languages, the default first, each named in itself.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string> { ["en"] = "English", ["de"] = "Deutsch", ["fr"] = "Français" };

    /// <summary>Adds them.</summary>
    public static void AddLanguages(this IServiceCollection services) => services.Configure<RequestLocalizationOptions>(options =>
    {
        var cultures = All.Keys.Select(CultureInfo.GetCultureInfo).ToArray();
        options.DefaultRequestCulture = new RequestCulture("en");
        (options.SupportedCultures, options.SupportedUICultures) = (cultures, cultures);
        options.RequestCultureProviders =
        [
            new CookieRequestCultureProvider { CookieName = Cookie },
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
        options.ApplyCurrentCultureToResponseHeaders = true;
    });

    /// <summary>Takes the language of each request. English writes dates day before month, as the others do.</summary>
    public static void UseLanguages(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.Use((_, next) =>
        {
            if (CultureInfo.CurrentCulture.Name == "en")
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");
            }

            return next();
        });
    }

    /// <summary>Keeps a choice for a year. Anything but one of the languages is ignored.</summary>
    public static void Choose(HttpResponse response, string language)
    {
        if (All.ContainsKey(language))
        {
            response.Cookies.Append(Cookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)), new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                Secure = true,
                HttpOnly = true,
                IsEssential = true,
            });
        }
    }
}
