using System.Text.Encodings.Web;
using System.Text.Unicode;
using CustomerContext.Client;
using CustomerContext.Web.Calls;
using CustomerContext.Web.Consent;
using CustomerContext.Web.Joins;
using CustomerContext.Web.Operation;
using CustomerContext.Web.Queues;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;
using Microsoft.AspNetCore.DataProtection;

namespace CustomerContext.Web.Hosting;

/// <summary>Puts the process together: settings, sign-in, pages.</summary>
internal static class WebHost
{
    /// <summary>The process, not yet started.</summary>
    /// <exception cref="WebConfigException">The configuration is wrong.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, WebRootPath = WebRoot() });
        CommandLine.AddTo(builder.Configuration, args);
        var config = WebConfig.Read(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(config.Listen);
        });
        AddServices(builder.Services, config);
        var app = builder.Build();
        Use(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, WebConfig config)
    {
        services.AddSingleton(config);
        services.AddSingleton(TimeProvider.System);
        services.AddDataProtection().SetApplicationName("CustomerContext.Web").PersistKeysToFileSystem(CookieKeys(config));
        services.AddSingleton(_ => new CustomerContextClient(new CustomerContextClientOptions { Addresses = config.Silo, ReadDeadline = TimeSpan.FromSeconds(5) }));
        services.AddSignIn(config);
        services.AddSingleton<OpenCalls>();
        services.AddSingleton<JoinTickets>();
        services.AddSingleton<NoticeBoard>();
        services.AddScoped<Fragments>();
        services.AddScoped<Prompts>();
        services.AddScoped<CallScreen>();
        services.AddScoped<QueueScreen>();
        services.AddScoped<WorkActs>();
        services.AddScoped<HomeScreen>();
        services.AddScoped<StandingYeses>();
        services.AddScoped<OwnWord>();
        services.AddSingleton<Phrases>();
        services.AddHttpClient();
        services.AddSingleton<SentMessages>();
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)); // letters as they are; what markup is made of is escaped all the same
        services.AddLanguages();
        services.AddRequestLimits();
        services.AddAntiforgery(options =>
        {
            // Secure is added by the cookie policy: here it would refuse http, which browsers trust on loopback.
            options.Cookie.Name = "__Host-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.FormFieldName = "form";
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddRazorPages(options =>
        {
            options.Conventions.AuthorizeOnly();
            options.Conventions.AddPageRoute("/Agent/Call", "/embed/{call:length(32)}");
        });
        services.AddHostedService<StartNotice>();
    }

    private static void Use(WebApplication app)
    {
        app.UseExceptionHandler("/error");
        app.UseStatusCodePagesWithReExecute("/error", "?code={0}");
        app.UseMiddleware<SecurityHeaders>();
        app.UseCookiePolicy(new CookiePolicyOptions { Secure = CookieSecurePolicy.Always, HttpOnly = Microsoft.AspNetCore.CookiePolicy.HttpOnlyPolicy.Always });
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=31536000, immutable" });
        app.UseLanguages();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.MapRazorPages();
        app.MapSignIn();
        app.MapLive();
    }

    /// <summary>Nobody else has rights to them: the silo refuses a data folder in which somebody has.</summary>
    private static DirectoryInfo CookieKeys(WebConfig config)
    {
        var folder = Path.Combine(config.DataFolder, "web-keys");
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(folder)
            : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Beside the program when it is built, and where <c>dotnet publish</c> puts it.</summary>
    private static string WebRoot() => Path.Combine(AppContext.BaseDirectory, "wwwroot");
}
