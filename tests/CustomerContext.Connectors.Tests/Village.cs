using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerContext.Client;
using CustomerContext.Testing;
using CustomerContext.V1;

namespace CustomerContext.Connectors.Tests;

/// <summary>A silo, a server of a network and a connector between them, each reached by sockets alone; and people, who use a browser.</summary>
internal sealed partial class Village : IAsyncDisposable
{
    public const string Network = "mastodon-example";

    /// <summary>A second network, at the same server.</summary>
    public const string Other = "other-network";

    private readonly TempFolder _data = new();
    private readonly TempFolder _state = new();
    private readonly TempFolder _files = new();
    private readonly int _port = FreePort.Next();
    private CustomerContextClient _client = null!;

    public MastodonServer Server { get; private set; } = null!;

    public SiloProcess Silo { get; private set; } = null!;

    public ConnectorProcess Connector { get; private set; } = null!;

    /// <summary>What stands between the connector and the silo.</summary>
    public FaultyProxy Line { get; private set; } = null!;

    /// <summary>Where the connector keeps what it knows.</summary>
    public string StateFile => _state.File("state.db");

    public static async Task<Village> Start()
    {
        var village = new Village();
        try
        {
            village.Server = await MastodonServer.Start();
            var tenants = village._files.File("tenants.json");
            await File.WriteAllTextAsync(tenants, $$"""
                { "CustomerContext": { "Customers": { "Looks": 1000000, "Signals": 1000000, "Other": 1000000 }, "Tenants": [
                  { "Id": "acme", "Sources": [ "crm" ], "Purposes": [ "service.support" ] },
                  { "Id": "{{Network}}", "Network": true, "Sources": [ "posts" ], "Connector": "http://127.0.0.1:{{village._port}}/connect/{{Network}}" },
                  { "Id": "{{Other}}", "Network": true, "Sources": [ "posts" ], "Connector": "http://127.0.0.1:{{village._port}}/connect/{{Other}}" } ] } }
                """);
            village.Silo = await SiloProcess.Start(village._data.Path, "--tenants", tenants);
            village._client = new CustomerContextClient(new CustomerContextClientOptions { Address = village.Silo.Grpc, ReadDeadline = TimeSpan.FromSeconds(20), WriteDeadline = TimeSpan.FromSeconds(20) });
            village.Line = new FaultyProxy(village.Silo.Grpc.Port);
            await village.StartConnector();
            return village;
        }
        catch
        {
            await village.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the connector, or starts it anew.</summary>
    public async Task StartConnector() => Connector = await ConnectorProcess.Start(new Dictionary<string, string>
    {
        ["Networks__0__Network"] = Network,
        ["Networks__0__Host"] = Server.Url.ToString(),
        ["Networks__1__Network"] = Other,
        ["Networks__1__Host"] = Server.Url.ToString(),
        ["PullSeconds"] = "1",
        ["CheckSeconds"] = "1",
        ["Pages"] = "http://127.0.0.1:5100/",
    }, "--listen", $"127.0.0.1:{_port}", "--silo", $"http://{Line.EndPoint}", "--data", _state.Path, "--silo-data", Silo.DataFolder, "--development", "true");

    /// <summary>A client with the token of a customer.</summary>
    public CustomerContextClient As(string email) => With(DevTokens.Customer(email));

    /// <summary>A client with the token of a company's or a network's program.</summary>
    public CustomerContextClient AsProgram(string tenant) => With(DevTokens.Actor(tenant, "connector", isPerson: false));

    /// <summary>Somebody becomes a customer who lets companies and themselves be heard.</summary>
    public Task MakeCustomer(string email) => As(email).Me.ChangePreferencesAsync(new Preferences { OfAge = true, Collect = { "acme", "customer" } }, ["of_age", "collect"]);

    /// <summary>Somebody goes from their page to the connector, allows it at the server, and comes back with a proof; absent: they came back without one.</summary>
    public async Task<string?> Prove(string email, string account, string network = Network)
    {
        var begun = await As(email).Identity.BeginConnectionAsync(network);
        return Proof(await Walk(begun.ConnectUri, account));
    }

    /// <summary>The same, and they say yes on their page.</summary>
    public async Task Connect(string email, string account, string network = Network)
    {
        if ((await As(email).Me.GetPreferencesAsync()).Preferences is not { OfAge: true })
        {
            await MakeCustomer(email);
        }

        await As(email).Me.ConnectNetworkAsync(network, await Prove(email, account, network) ?? throw new InvalidOperationException(Connector.Output));
    }

    /// <summary>A browser's way from an address of the connector, over the server, where <paramref name="account"/> is signed in (empty: they say no), to where it is sent in the end.</summary>
    public static async Task<Uri> Walk(string from, string account)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var begun = await browser.GetAsync(from);
        var authorize = begun.Headers.Location ?? throw new InvalidOperationException($"{begun.StatusCode}");
        if (authorize.AbsolutePath != "/oauth/authorize")
        {
            return authorize;
        }

        var cookie = begun.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var fields = authorize.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], WebUtility.UrlDecode(pair[1])));
        using var form = new FormUrlEncodedContent(fields.Append(KeyValuePair.Create("account", account)));
        using var allowed = await browser.PostAsync(new Uri(authorize, "/oauth/authorize"), form);
        using var request = new HttpRequestMessage(HttpMethod.Get, allowed.Headers.Location);
        request.Headers.Add("Cookie", cookie);
        using var back = await browser.SendAsync(request);
        return back.Headers.Location ?? throw new InvalidOperationException($"{back.StatusCode}");
    }

    /// <summary>The proof in an address of the pages; absent if it has none.</summary>
    public static string? Proof(Uri pages) => ProofIn().Match(pages.Query) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>What is kept of somebody's posts: how many turns, how many of them were scored, how many can be taken back, and their topics with how often each was mentioned at least.</summary>
    public async Task<Kept> KeptOf(string email)
    {
        using var document = new MemoryStream();
        await As(email).Me.ExportAsync(document);
        document.Position = 0;
        using var json = await JsonDocument.ParseAsync(document);
        return Kept.Of(json.RootElement);
    }

    /// <summary>Asks until it is so; says what was there instead if it never is.</summary>
    public async Task Becomes(string email, Kept expected)
    {
        using var longest = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var kept = await KeptOf(email);
        while (kept != expected && !longest.IsCancellationRequested)
        {
            kept = await KeptOf(email);
        }

        Assert.Equal(expected, kept);
    }

    public async ValueTask DisposeAsync()
    {
        if (Connector is not null)
        {
            await Connector.DisposeAsync();
        }

        Line?.Dispose();
        _client?.Dispose();
        if (Silo is not null)
        {
            await Silo.DisposeAsync();
        }

        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        _data.Dispose();
        _state.Dispose();
        _files.Dispose();
    }

    private CustomerContextClient With(Dictionary<string, object> claims)
    {
        var token = Silo.Tokens.Sign(claims);
        return _client.With(_client.Options with { TokenProvider = _ => ValueTask.FromResult(token) });
    }

    [GeneratedRegex("[?&]proof=([A-Za-z0-9_-]+)")]
    private static partial Regex ProofIn();
}

/// <summary>What the silo keeps of somebody's posts.</summary>
/// <param name="Posts">The customer's own turns.</param>
/// <param name="Scored">Those that were scored.</param>
/// <param name="Recent">Those that can be taken back.</param>
/// <param name="Topics">What they mentioned, in order.</param>
internal sealed record Kept(int Posts, int Scored, int Recent, string Topics)
{
    public static Kept Nothing { get; } = new(0, 0, 0, "");

    public static Kept Of(JsonElement export)
    {
        var source = export.GetProperty("context").GetProperty("sources").EnumerateArray().FirstOrDefault(one => one.GetProperty("source").GetString() == $"{Village.Network}/posts");
        return source.ValueKind == JsonValueKind.Undefined ? Nothing : new Kept(
            Sum(source, "posts", "count"),
            Sum(source, "weeks", "count"),
            source.GetProperty("recent").GetArrayLength(),
            string.Join(' ', source.GetProperty("topics").EnumerateArray().Select(topic => topic.GetProperty("topic").GetString())));
    }

    private static int Sum(JsonElement source, string list, string number) => source.GetProperty(list).EnumerateArray().Sum(one => one.GetProperty(number).GetInt32());
}
