using System.Collections.Frozen;
using CustomerContext.Domain.Access;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.Silo.Hosting;
using CustomerContext.Storage;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace CustomerContext.Silo.Tests.Consents;

/// <summary>A whole silo in this process, doors and all, with a clock that only the test moves.</summary>
internal sealed class SiloOnFakeTime : IAsyncDisposable
{
    public const string Purpose = "service.support";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    /// <summary>No call of a test takes so long in real time, whatever the clock of the silo says: one that waits for ever fails.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    private readonly TempFolder _data = new();
    private readonly string[] _settings;
    private WebApplication _app = null!;
    private GrpcChannel _channel = null!;
    private DevTokens _tokens = null!;

    private SiloOnFakeTime(string[] settings) => _settings = settings;

    /// <summary>The beginning of a minute, so that nothing fades within the first, and a moment more, so that no timer of Orleans is due when a minute ends.</summary>
    public FakeTime Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60).AddMilliseconds(1));

    public ConsentService.ConsentServiceClient Consents { get; private set; } = null!;

    public ContextService.ContextServiceClient Contexts { get; private set; } = null!;

    public SignalService.SignalServiceClient Signals { get; private set; } = null!;

    public IdentityService.IdentityServiceClient Identities { get; private set; } = null!;

    public AttentionService.AttentionServiceClient Work { get; private set; } = null!;

    public string LastCode => File.ReadLines(Path.Combine(_data.Path, "verification-codes.txt")).Last().Split(' ')[^1];

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    /// <summary>The grain of a customer.</summary>
    public async Task<ICustomerGrain> CustomerOf(string email)
    {
        var caller = new CustomerCaller(DevelopmentKey.Issuer, email, email, null, FrozenSet<string>.Empty) { Until = DateTimeOffset.MaxValue };
        return (await _app.Services.GetRequiredService<CustomerSelf>().Find(caller))!;
    }

    /// <summary>Begins to stop, as at SIGTERM; the doors close later.</summary>
    public void Leave() => _app.Lifetime.StopApplication();

    /// <summary>Does <paramref name="act"/> while a flood of acme's leaves no room for another call of theirs.</summary>
    public async Task WithNoRoom(LoadKind kind, Func<Task> act)
    {
        var inHand = _app.Services.GetRequiredService<CallsInHand>();
        var flood = new TenantCaller(new Domain.Common.TenantId("acme"), "flood", false, []) { Until = DateTimeOffset.MaxValue };
        var places = new List<Place>();
        while (inHand.Enter(flood, kind, 1) is { } place)
        {
            places.Add(place);
        }

        await act();
        places.ForEach(place => place.Dispose());
    }

    /// <summary>Where gRPC listens.</summary>
    public Uri Grpc => new(_app.Urls.First());

    /// <summary>Where HTTP/1.1 listens.</summary>
    public Uri Http => new(_app.Urls.Last());

    public static async Task<SiloOnFakeTime> Start(params string[] settings)
    {
        var silo = new SiloOnFakeTime(settings);
        await silo.Start();

        // Away from the moments at which the silo's own timers are due: a test that waits for a timer must not take one of them for its own.
        silo.Time.Advance(TimeSpan.FromMilliseconds(370));
        return silo;
    }

    public string AgentToken => Token(DevTokens.Actor("acme"));

    public CallOptions AsAgent => With(DevTokens.Actor("acme"));

    public CallOptions As(string email) => With(DevTokens.Customer(email));

    /// <summary>A customer who collects from acme and grants it the live facets.</summary>
    public async Task<Grant> MakeCustomer(string email, GrantWhen when = GrantWhen.AnyTime, DateTimeOffset? until = null)
    {
        await Consents.SetPreferencesAsync(
            new SetPreferencesRequest
            {
                RequestId = "p",
                Preferences = new Preferences { OfAge = true, Collect = { "acme" } },
                UpdateMask = new FieldMask { Paths = { "of_age", "collect" } },
            },
            As(email));
        var request = new CreateGrantRequest { RequestId = "g", Tenant = "acme", Terms = Terms(when, until) };
        return (await Consents.CreateGrantAsync(request, As(email))).Grant;
    }

    public static GrantTerms Terms(GrantWhen when = GrantWhen.AnyTime, DateTimeOffset? until = null) => new()
    {
        Purposes = { Purpose },
        Facets = { Facet.Conversations },
        When = when,
        UntilTime = until?.ToTimestamp(),
    };

    public async Task Turn(string email, ConversationState state, DateTimeOffset at) => await Signals.PublishSignalsAsync(
        new PublishSignalsRequest
        {
            Signals =
            {
                new Signal
                {
                    Id = $"{email} {state} {at.Ticks}",
                    Subject = new SubjectIdentifier { Email = email },
                    OccurredTime = at.ToTimestamp(),
                    Conversation = new ConversationSignal { ConversationId = "c", Channel = "phone", Role = ParticipantRole.Customer, State = state },
                },
            },
        },
        With(DevTokens.Actor("acme", "chat", isPerson: false)));

    public AsyncServerStreamingCall<WatchContextResponse> Watch(string email) => Contexts.WatchContext(
        new WatchContextRequest { Subject = new SubjectIdentifier { Email = email }, Purpose = Purpose, InteractionId = "call-1" }, AsAgent);

    /// <summary>True if an agent sees something.</summary>
    public Task<bool> Sees(string email) => Sees(new SubjectIdentifier { Email = email }, "call-1");

    /// <summary>The same of anybody in any interaction.</summary>
    public async Task<bool> Sees(SubjectIdentifier subject, string interaction)
    {
        // A refusal waits for the floor, on the clock that stands still.
        var request = new GetContextRequest { Subject = subject, Purpose = Purpose, InteractionId = interaction };
        var look = Contexts.GetContextAsync(request, AsAgent).ResponseAsync;
        var refusal = Time.TimerDueAt(Time.GetUtcNow() + TimeSpan.FromMilliseconds(25));
        if (await Task.WhenAny(look, refusal) == refusal)
        {
            Time.Advance(TimeSpan.FromMilliseconds(25));
        }

        try
        {
            await look;
            return true;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.PermissionDenied)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        var stopped = _app.StopAsync();
        using var moves = new PeriodicTimer(_pause);
        while (!stopped.IsCompleted)
        {
            // Calls that wait for news wait on this clock, and one may have begun to just now.
            Time.Advance(TimeSpan.FromMinutes(1));
            await moves.WaitForNextTickAsync();
        }

        await stopped;
        await _app.DisposeAsync();
        _data.Dispose();
    }

    private async Task Start()
    {
        string[] own = ["--data", _data.Path, "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0", "--silo-port", FreePort.NextText(), "--development"];
        _app = SiloHost.Build([.. own, .. _settings], services => MovedClock.On(services, Time));
        await _app.Services.StartStorageAsync();
        await _app.StartAsync();
        _tokens = DevTokens.In(_data.Path);
        _channel = GrpcChannel.ForAddress(_app.Urls.First());
        Consents = new ConsentService.ConsentServiceClient(_channel);
        Contexts = new ContextService.ContextServiceClient(_channel);
        Signals = new SignalService.SignalServiceClient(_channel);
        Identities = new IdentityService.IdentityServiceClient(_channel);
        Work = new AttentionService.AttentionServiceClient(_channel);
    }

    /// <summary>Call options of whoever these claims name.</summary>
    public CallOptions With(IReadOnlyDictionary<string, object> claims) =>
        new(new Metadata { { "authorization", $"Bearer {Token(claims)}" } }, (TimeProvider.System.GetUtcNow() + _longest).UtcDateTime);

    /// <summary>A token that outlives every test.</summary>
    private string Token(IReadOnlyDictionary<string, object> claims) => Token(claims, TimeSpan.FromDays(365));

    /// <summary>A token that ends so much later.</summary>
    public string Token(IReadOnlyDictionary<string, object> claims, TimeSpan lasting) =>
        _tokens.Sign(new Dictionary<string, object>(claims) { ["exp"] = (Time.GetUtcNow() + lasting).ToUnixTimeSeconds() });
}
