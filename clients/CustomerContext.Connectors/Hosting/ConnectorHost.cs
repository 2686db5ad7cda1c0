using System.Threading.RateLimiting;
using CustomerContext.Client;
using CustomerContext.Connectors.Connect;
using CustomerContext.Connectors.Mastodon;
using CustomerContext.Connectors.Pull;
using CustomerContext.Connectors.State;
using CustomerContext.Silo.News;
using Microsoft.AspNetCore.DataProtection;

namespace CustomerContext.Connectors.Hosting;

/// <summary>Puts the process together: settings, the door for people, the rounds.</summary>
internal static class ConnectorHost
{
    private const int AnswerBytes = 4 * 1_024 * 1_024;
    private const int WaysPerMinute = 300;

    private static readonly TimeSpan _longestCall = TimeSpan.FromSeconds(30);

    /// <summary>The process, not yet started.</summary>
    /// <exception cref="ConnectorConfigException">The configuration is wrong.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        CommandLine.AddTo(builder.Configuration, args);
        var config = ConnectorConfig.Read(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(config.Listen);
        });
        // What ASP.NET logs of requests has addresses with tickets and codes in them.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
        AddServices(builder.Services, config);
        var app = builder.Build();
        app.UseRateLimiter();
        app.Use((http, next) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers["Referrer-Policy"] = "no-referrer";
            return next(http);
        });
        app.MapGet("/healthz", () => "ok");
        app.MapGet("/connect/{network}", (ConnectDoor door, HttpContext http, string network, string? ticket) => door.Begin(http, network, ticket)).RequireRateLimiting("ways");
        app.MapGet("/connected/{network}", (ConnectDoor door, HttpContext http, string network, string? code, string? state) => door.Back(http, network, code, state)).RequireRateLimiting("ways");
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Connector on {app.Services.GetRequiredService<SiloClients>().Own.ToString().TrimEnd('/')}/"));
        return app;
    }

    private static void AddServices(IServiceCollection services, ConnectorConfig config)
    {
        var folder = Private(config.DataFolder);
        services.AddSingleton(config);
        services.AddSingleton(TimeProvider.System);
        services.AddDataProtection().SetApplicationName("CustomerContext.Connectors").PersistKeysToFileSystem(Private(Path.Combine(config.DataFolder, "keys")));
        services.AddSingleton(provider => new StateFile(folder.FullName, provider.GetRequiredService<IDataProtectionProvider>()));
        services.AddSingleton(_ => new CustomerContextClient(new CustomerContextClientOptions { Addresses = config.Silo }));
        services.AddSingleton(provider => new SiloTokens(config, new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = _longestCall }, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SiloClients>();
        services.AddSingleton<HostPauses>();
        services.AddSingleton(provider => new MastodonApi(Http(config), provider.GetRequiredService<HostPauses>()));
        services.AddSingleton<PullLog>();
        services.AddSingleton<AccountPull>();
        services.AddSingleton<ConnectDoor>();
        services.AddHostedService<Puller>();
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy("ways", http => RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress, _ => new FixedWindowRateLimiterOptions { PermitLimit = WaysPerMinute, Window = TimeSpan.FromMinutes(1) }));
        });
    }

    /// <summary>Calls the public internet and nothing else, wherever a name leads; follows nobody elsewhere.</summary>
    private static HttpClient Http(ConnectorConfig config)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = new PublicAddress(config.Development).Connect })
        {
            Timeout = _longestCall,
            MaxResponseContentBufferSize = AnswerBytes,
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("CustomerContext");
        return http;
    }

    /// <summary>A folder that nobody else has rights to.</summary>
    private static DirectoryInfo Private(string folder) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(folder)
        : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
