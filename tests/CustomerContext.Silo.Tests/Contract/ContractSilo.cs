using System.Collections.Frozen;
using System.Text.Json.Nodes;
using CustomerContext.Demo;
using CustomerContext.Domain.Groups;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.Silo.Hosting;
using CustomerContext.Silo.Tests.Consents;
using CustomerContext.Storage;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace CustomerContext.Silo.Tests.Contract;

/// <summary>
/// A silo with a demo town, which has a past: tribes and networks have released their moods. It also has a network to connect, an issuer that asks on devices, and a calendar that
/// jumps. All calls go over gRPC, and the fields in them are noted.
/// </summary>
internal sealed class ContractSilo : IAsyncDisposable
{
    public const string Purpose = "service.support";
    public const string Network = "mastodon-example";

    private const int People = 400;
    private const string TenantsBegin = "\"Tenants\": [";
    private const string NetworkEntry = $$""" { "Id": "{{Network}}", "DisplayName": "Mastodon", "Network": true, "Sources": [ "posts" ], "Connector": "https://connect.example/{{Network}}" },""";
    private const string AllScopes = "context.read signal.write consent.manage tribe.read attention.work webhook.replay";

    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    private readonly TempFolder _data = new();
    private readonly TempFolder _settings = new();
    private readonly ScriptedIssuer _issuer;
    private readonly DevTokens _tokens;
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private ContractSilo(WebApplication app, ScriptedIssuer issuer, TempFolder data, TempFolder settings, JumpingTime calendar)
    {
        (_app, _issuer, _data, _settings, Calendar) = (app, issuer, data, settings, calendar);
        _tokens = DevTokens.In(_data.Path);
        _channel = GrpcChannel.ForAddress(_app.Urls.First());
        var calls = _channel.Intercept(Fields);
        Consents = new(calls);
        Contexts = new(calls);
        Signals = new(calls);
        Identities = new(calls);
        Tribes = new(calls);
        Works = new(calls);
        Webhooks = new(calls);
        Catalogue = new(calls);
    }

    public SeenFields Fields { get; } = new();

    public JumpingTime Calendar { get; }

    public DateTimeOffset Now => Calendar.GetUtcNow();

    public string Issuer => _issuer.Issuer;

    public ConsentService.ConsentServiceClient Consents { get; }

    public ContextService.ContextServiceClient Contexts { get; }

    public SignalService.SignalServiceClient Signals { get; }

    public IdentityService.IdentityServiceClient Identities { get; }

    public TribeService.TribeServiceClient Tribes { get; }

    public AttentionService.AttentionServiceClient Works { get; }

    public WebhookService.WebhookServiceClient Webhooks { get; }

    public CatalogService.CatalogServiceClient Catalogue { get; }

    public IServiceProvider Services => _app.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    /// <summary>A customer's grain, to do what its reminder would.</summary>
    public async Task<ICustomerGrain> CustomerOf(string email)
    {
        var caller = new CustomerCaller(DevelopmentKey.Issuer, email, email, null, FrozenSet<string>.Empty) { Until = DateTimeOffset.MaxValue };
        return (await Services.GetRequiredService<CustomerSelf>().Find(caller))!;
    }

    /// <summary>The verification code that was sent last.</summary>
    public string LastCode => File.ReadLines(Path.Combine(_data.Path, "verification-codes.txt")).Last().Split(' ')[^1];

    public static async Task<ContractSilo> Start()
    {
        var (data, settings, calendar) = (new TempFolder(), new TempFolder(), new JumpingTime());
        var issuer = await ScriptedIssuer.Start(TimeProvider.System);
        var tenants = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "silo/CustomerContext.Silo/tenants.json"));
        await File.WriteAllTextAsync(
            settings.File("tenants.json"),
            tenants.Replace(TenantsBegin, TenantsBegin + NetworkEntry, StringComparison.Ordinal));
        var options = DemoOptions.Read([
            "--demo-people", $"{People}", "--data", data.Path, "--tenants", settings.File("tenants.json"), "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0", "--silo-port", FreePort.NextText(),
            $"--CustomerContext:Ciba:0:Issuer={issuer.Issuer}", "--CustomerContext:Ciba:0:ClientId=customercontext-ciba", "--CustomerContext:Ciba:0:ClientSecret=secret"]);
        var app = SiloHost.Build([.. options.Silo], services =>
        {
            services.AddSingleton(options).AddSingleton<DemoStore>().AddHostedService<DemoLoader>();
            MovedClock.On(services, calendar);

            // With the calendar, which begins on a fixed day, this makes the town's releases the same in every run, noise included.
            services.Replace(ServiceDescriptor.Singleton(new GroupSecret(new byte[32])));
        });
        await app.Services.StartStorageAsync();
        await app.StartAsync();
        await app.Services.GetServices<IHostedService>().OfType<DemoLoader>().Single().ExecuteTask!.WaitAsync(_longest);
        return new ContractSilo(app, issuer, data, settings, calendar);
    }

    public static string Id() => Guid.CreateVersion7().ToString();

    public static SubjectIdentifier ByEmail(string email) => new() { Email = email };

    public CallOptions As(string email) => With(DevTokens.Customer(email));

    public CallOptions AsAgent(string tenant = "acme", string actor = "agent-7") => With(DevTokens.Actor(tenant, actor, scope: AllScopes));

    public CallOptions AsProgram(string tenant = "acme") => With(DevTokens.Actor(tenant, "program", isPerson: false, scope: AllScopes));

    /// <summary>A program of acme's that reasons by itself, for one of its people.</summary>
    public CallOptions AsAiReader() => With(new Dictionary<string, object>(DevTokens.Actor("acme", scope: AllScopes))
    {
        ["client_id"] = "acme-assistant",
        ["act"] = new Dictionary<string, string> { ["sub"] = "assistant" },
    });

    public static CallOptions AsNobody() => new(deadline: Deadline);

    public static CallOptions WithToken(string token) => new(new Metadata { { "authorization", $"Bearer {token}" } }, Deadline);

    /// <summary>What the link in the message to <paramref name="email"/> holds: the code and the proof.</summary>
    public async Task<(string Code, string Proof)> LinkOf(string email)
    {
        using var http = new HttpClient();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await pause.WaitForNextTickAsync())
        {
            var messages = JsonNode.Parse(await http.GetStringAsync(new Uri(new Uri(_app.Urls.Last()), "/outbox")))!.AsArray();
            if (messages.FirstOrDefault(one => one!.ToJsonString().Contains(email, StringComparison.Ordinal)) is { } message)
            {
                var parts = ((string)message["link"]!).Split('/');
                return (parts[^2], parts[^1]);
            }
        }

        throw new InvalidOperationException("No message.");
    }

    /// <summary>Tells every open stream that the silo stops.</summary>
    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
        await _issuer.DisposeAsync();
        _data.Dispose();
        _settings.Dispose();
    }

    private static DateTime Deadline => (TimeProvider.System.GetUtcNow() + _longest).UtcDateTime;

    private CallOptions With(Dictionary<string, object> claims) =>
        WithToken(_tokens.Sign(new Dictionary<string, object>(claims) { ["iat"] = Now.ToUnixTimeSeconds(), ["exp"] = Now.AddHours(1).ToUnixTimeSeconds() }));
}
