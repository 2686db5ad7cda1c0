using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;

namespace CustomerContext.Faults.Tests.HttpDoors;

/// <summary>
/// A silo whose companies all hear what becomes of their grants and their work, each at an address of its own of one receiver; the company <c>split</c> of work at another, <c>split-work</c>, and of what is done
/// nowhere; the company <c>pair</c> of what is due at <c>pair-due</c> and of what is escalated at <c>pair-escalated</c>; the company <c>example</c> at the example of the docs.
/// </summary>
public sealed class WebhookSilo : IAsyncLifetime, IAsyncDisposable
{
    internal const string OtherPurpose = "sales.advice";

    private static readonly string[] _tenants = ["acme", "globex", "failing", "missing", "moved", "gone", "slow"];

    private readonly TempFolder _data = new();
    private readonly TempFolder _settings = new();
    internal SiloProcess Silo { get; private set; } = null!;

    internal Receiver Receiver { get; private set; } = null!;

    internal SiloClient Client { get; private set; } = null!;

    /// <summary>Where the example is expected to listen.</summary>
    internal string ExamplePort { get; } = FreePort.NextText();

    public async Task InitializeAsync()
    {
        Receiver = await Receiver.Start();
        var entries = _tenants.Select(tenant => Entry(tenant, Hook(Receiver.UrlOf(tenant))))
            .Append(Entry("example", Hook($"http://127.0.0.1:{ExamplePort}/")))
            .Append(Entry("split", Hook(Receiver.UrlOf("split"), "consent.given", "consent.ended"), Hook(Receiver.UrlOf("split-work"), "work.due", "work.escalated")))
            .Append(Entry("pair", Hook(Receiver.UrlOf("pair"), "consent.given", "consent.ended"), Hook(Receiver.UrlOf("pair-due"), "work.due"), Hook(Receiver.UrlOf("pair-escalated"), "work.escalated")));
        await File.WriteAllTextAsync(
            _settings.File("tenants.json"), $$"""{ "CustomerContext": { "Customers": { "Other": 100000 }, "Tenants": [ {{string.Join(", ", entries)}} ] } }""");
        await Start();
    }

    /// <summary>Starts the silo on what it had.</summary>
    internal async Task Start()
    {
        Silo = await SiloProcess.Start(_data.Path, "--tenants", _settings.File("tenants.json"));
        Client = new SiloClient(Silo);
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    internal async Task Stop()
    {
        Client.Dispose();
        await Silo.DisposeAsync();
    }

    public async Task DisposeAsync()
    {
        await Stop();
        await Receiver.DisposeAsync();
        _data.Dispose();
        _settings.Dispose();
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    private static string Entry(string tenant, params string[] hooks) =>
        $$"""{ "Id": "{{tenant}}", "Sources": [ "crm" ], "Purposes": [ "service.support", "{{OtherPurpose}}" ], "Webhooks": [ {{string.Join(", ", hooks)}} ], "Person": { "Looks": 100000 } }""";

    private static string Hook(string url, params string[] types) =>
        $$"""{ "Url": "{{url}}", "Secrets": [ "{{Receiver.Secret}}" ], "Types": [ {{string.Join(", ", types.Select(type => $"\"{type}\""))}} ] }""";
}
