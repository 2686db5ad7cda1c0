using CustomerContext.Client;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Playwright;

namespace CustomerContext.Browser.Tests.Harness;

/// <summary>A silo, the pages and a browser for all tests; each test has people of its own.</summary>
public sealed class Town : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private SiloProcess _silo = null!;
    private WebProcess _web = null!;
    private IPlaywright _playwright = null!;
    private CustomerContextClient _client = null!;
    private int _people;

    /// <summary>Where the pages are.</summary>
    public Uri Url => _web.Url;

    /// <summary>What the pages have written.</summary>
    internal string WebOutput => _web.Output;

    /// <summary>The silo.</summary>
    internal SiloProcess Silo => _silo;

    /// <summary>The browser.</summary>
    internal IBrowser Browser { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _silo = await SiloProcess.Start(_folder.Path);
        _web = await WebProcess.Start(_silo);
        _client = new CustomerContextClient(new CustomerContextClientOptions { Address = _silo.Grpc, WriteDeadline = TimeSpan.FromSeconds(30), ReadDeadline = TimeSpan.FromSeconds(30) });
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(30_000); // what is expected may be slow on a busy machine
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium-headless-shell", // Debian's Chromium without its own windows, which cost more than the pages in them
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Browser.CloseAsync();
        _playwright.Dispose();
        await using var silo = _silo; // ended whatever the pages have logged
        await _web.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    /// <summary>An address that nobody has used.</summary>
    public string NextAddress() => $"person-{Interlocked.Increment(ref _people)}@example.org";

    /// <summary>The SDK with a customer's own token.</summary>
    public CustomerContextClient As(string address) => With(DevTokens.Customer(address));

    /// <summary>The SDK as a program of a company.</summary>
    public CustomerContextClient AsProgram(string tenant) => With(DevTokens.Actor(tenant, "crm", isPerson: false));

    /// <summary>The SDK as a person who sees to a company's work.</summary>
    public CustomerContextClient AsActor(string tenant, string actor) => With(DevTokens.Actor(tenant, actor, scope: "attention.work"));

    /// <summary>Somebody who collects from acme and themselves, and lets acme see everything at any time.</summary>
    public async Task<string> NewCustomer()
    {
        var address = NextAddress();
        await Admit(address);
        return address;
    }

    /// <summary>The same for somebody with an address of their own.</summary>
    public async Task Admit(string address)
    {
        var me = As(address).Me;
        await me.SetPreferencesAsync(new Preferences { OfAge = true, Collect = { "acme", "globex", "customer" } });
        await me.CreateGrantAsync("acme", EverythingAtAnyTime());
    }

    /// <summary>Terms that show everything for support.</summary>
    public static GrantTerms EverythingAtAnyTime() => new()
    {
        Purposes = { "service.support" },
        Facets = { System.Enum.GetValues<Facet>().Where(facet => facet != Facet.Unspecified) },
        When = GrantWhen.AnyTime,
        IncludeEarlier = true,
    };

    /// <summary>Publishes a turn of the customer's in a conversation with acme.</summary>
    public async Task Say(string address, string text, params string[] topics)
    {
        var signal = Turn(address, text, topics);
        var results = await AsProgram("acme").Signals.PublishAsync([signal]);
        Assert.Equal(SignalOutcome.Accepted, Assert.Single(results).Outcome);
    }

    /// <summary>A turn of the customer's in a conversation with acme.</summary>
    public Signal Turn(string address, string text, params string[] topics) => new()
    {
        Id = $"turn-{Interlocked.Increment(ref _people)}",
        Source = "crm",
        Subject = Subject.Email(address),
        OccurredTime = TimeProvider.System.GetUtcNow().ToTimestamp(),
        Conversation = new ConversationSignal
        {
            ConversationId = "c-1",
            Channel = "phone",
            Role = ParticipantRole.Customer,
            Topics = { topics },
            Text = text,
            State = ConversationState.Opened,
        },
    };

    private CustomerContextClient With(Dictionary<string, object> claims)
    {
        var token = _silo.Tokens.Sign(claims);
        return _client.With(_client.Options with { TokenProvider = _ => ValueTask.FromResult(token) });
    }
}

/// <summary>All tests of this project share one town.</summary>
[CollectionDefinition(Name)]
public sealed class TownCollection : ICollectionFixture<Town>
{
    /// <summary>Its name.</summary>
    public const string Name = "town";
}
