using System.Collections.Concurrent;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace CustomerContext.Faults.Tests.Harness;

/// <summary>The generated stubs for a silo, and tokens for them: nothing between the test and the wire, so no retries either.</summary>
internal sealed class SiloClient : IDisposable
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(10);

    private readonly DevTokens _tokens;
    private readonly GrpcChannel _channel;

    // One token per caller, as a real client keeps it.
    private readonly ConcurrentDictionary<string, string> _kept = new();

    public SiloClient(SiloProcess silo)
        : this(silo.Grpc, silo.Tokens)
    {
    }

    /// <summary>
    /// At <paramref name="address"/>. On <paramref name="oneConnection"/> the order of messages is that of one wire; otherwise the client opens another whenever calls wait for one,
    /// so also while it hands the first one out.
    /// </summary>
    public SiloClient(Uri address, DevTokens tokens, bool oneConnection = false)
    {
        _tokens = tokens;
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = !oneConnection };
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        Contexts = new ContextService.ContextServiceClient(_channel);
        Signals = new SignalService.SignalServiceClient(_channel);
        Consents = new ConsentService.ConsentServiceClient(_channel);
        Identities = new IdentityService.IdentityServiceClient(_channel);
        Catalogue = new CatalogService.CatalogServiceClient(_channel);
    }

    public ContextService.ContextServiceClient Contexts { get; }

    public SignalService.SignalServiceClient Signals { get; }

    public ConsentService.ConsentServiceClient Consents { get; }

    public IdentityService.IdentityServiceClient Identities { get; }

    public CatalogService.CatalogServiceClient Catalogue { get; }

    /// <summary>Call options of a person of <paramref name="tenant"/>.</summary>
    public CallOptions AsAgent(string tenant = "acme", TimeSpan? deadline = null) => With(AgentToken(tenant), deadline);

    /// <summary>Call options of another person of <paramref name="tenant"/>.</summary>
    public CallOptions AsActor(string actor, string tenant = "acme", TimeSpan? deadline = null) =>
        With(_kept.GetOrAdd($"{actor} of {tenant}", _ => _tokens.Sign(DevTokens.Actor(tenant, actor))), deadline);

    /// <summary>Call options of a program of <paramref name="tenant"/>.</summary>
    public CallOptions AsProgram(string tenant = "acme", TimeSpan? deadline = null) =>
        With(_kept.GetOrAdd($"program of {tenant}", _ => _tokens.Sign(DevTokens.Actor(tenant, "telephony", isPerson: false))), deadline);

    /// <summary>Call options of a customer.</summary>
    public CallOptions AsCustomer(string email, TimeSpan? deadline = null) => With(
        _kept.GetOrAdd($"customer {email}", _ => _tokens.Sign(DevTokens.Customer(email))), deadline);

    /// <summary>Call options with any token.</summary>
    public static CallOptions With(string token, TimeSpan? deadline = null) => new(
        new Metadata { { "authorization", $"Bearer {token}" } }, (TimeProvider.System.GetUtcNow() + (deadline ?? _deadline)).UtcDateTime);

    /// <summary>Call options of a person of acme for a stream that lasts as long as the test wants.</summary>
    public CallOptions AsAgentForLong(CancellationToken stop = default) =>
        new(new Metadata { { "authorization", $"Bearer {AgentToken("acme")}" } }, cancellationToken: stop);

    public void Dispose() => _channel.Dispose();

    private string AgentToken(string tenant) => _kept.GetOrAdd($"agent of {tenant}", _ => _tokens.Sign(DevTokens.Actor(tenant)));
}
