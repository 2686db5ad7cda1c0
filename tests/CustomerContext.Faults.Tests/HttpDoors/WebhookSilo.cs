using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;

namespace CustomerContext.Faults.Tests.HttpDoors;

/// <summary>A silo whose companies all hear what becomes of their grants, each at an address of its own of one receiver; the company <c>example</c> at the example of the docs.</summary>
public sealed class WebhookSilo : IAsyncLifetime, IAsyncDisposable
{
    private static readonly string[] _tenants = ["acme", "globex", "failing", "missing", "moved", "gone", "slow"];

    private readonly TempFolder _data = new();
    private readonly TempFolder _settings = new();
    private SiloProcess _silo = null!;

    internal Receiver Receiver { get; private set; } = null!;

    internal SiloClient Client { get; private set; } = null!;

    /// <summary>Where the example is expected to listen.</summary>
    internal string ExamplePort { get; } = FreePort.NextText();

    public async Task InitializeAsync()
    {
        Receiver = await Receiver.Start();
        var entries = _tenants.Select(tenant => Entry(tenant, Receiver.UrlOf(tenant))).Append(Entry("example", $"http://127.0.0.1:{ExamplePort}/"));
        await File.WriteAllTextAsync(
            _settings.File("tenants.json"), $$"""{ "CustomerContext": { "Customers": { "Other": 100000 }, "Tenants": [ {{string.Join(", ", entries)}} ] } }""");
        await Start();
    }

    /// <summary>Starts the silo on what it had.</summary>
    internal async Task Start()
    {
        _silo = await SiloProcess.Start(_data.Path, "--tenants", _settings.File("tenants.json"));
        Client = new SiloClient(_silo);
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    internal async Task Stop()
    {
        Client.Dispose();
        await _silo.DisposeAsync();
    }

    public async Task DisposeAsync()
    {
        await Stop();
        await Receiver.DisposeAsync();
        _data.Dispose();
        _settings.Dispose();
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    private static string Entry(string tenant, string url) =>
        $$"""{ "Id": "{{tenant}}", "Sources": [ "crm" ], "Purposes": [ "service.support" ], "Webhook": { "Url": "{{url}}", "Secrets": [ "{{Receiver.Secret}}" ] }, "Person": { "Looks": 100000 } }""";
}
