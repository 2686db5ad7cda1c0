using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Joins;

/// <summary>A silo for all tests of a class, whose tenant acme sends its messages by a program of its own.</summary>
public abstract class JoinSilo : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _data = new();
    private readonly TempFolder _settings = new();

    internal SiloProcess Silo { get; private set; } = null!;

    internal SiloClient Client { get; private set; } = null!;

    internal MessageProgram Messages { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Messages = await MessageProgram.Start();
        Silo = await Start(_data.Path, _settings.File("tenants.json"), Messages.Settings, Arguments());
        Client = new SiloClient(Silo);
    }

    public virtual async Task DisposeAsync()
    {
        Client.Dispose();
        await Silo.DisposeAsync();
        await Messages.DisposeAsync();
    }

    public void Dispose()
    {
        _data.Dispose();
        _settings.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A silo that serves acme, with these ways to send messages, and globex, without any.</summary>
    internal static Task<SiloProcess> Start(string data, string tenants, string messages, params string[] arguments)
    {
        const string rates = """ "All": { "Other": 100000 }, "Person": { "Other": 100000, "Looks": 100000 }, "Service": { "Other": 100000 } """;
        File.WriteAllText(tenants, $$"""
            { "CustomerContext": { "Customers": { "Other": 100000 }, "Tenants": [
              { "Id": "acme", "Sources": [ "crm" ], "Purposes": [ "service.support" ], "Messages": {{messages}}, {{rates}} },
              { "Id": "globex", "Sources": [ "crm" ], "Purposes": [ "service.support" ], {{rates}} } ] } }
            """);
        return SiloProcess.Start(data, ["--tenants", tenants, .. arguments]);
    }

    /// <summary>What the development outbox shows.</summary>
    internal async Task<JsonArray> Outbox()
    {
        using var http = new HttpClient();
        return JsonSerializer.Deserialize<JsonArray>(await http.GetStringAsync(new Uri(Silo.Http, "/outbox")))!;
    }

    protected abstract string[] Arguments();
}

/// <summary>On SQLite.</summary>
public sealed class SqliteJoinSilo : JoinSilo
{
    protected override string[] Arguments() => [];
}

/// <summary>On Redis.</summary>
public sealed class RedisJoinSilo : JoinSilo
{
    private RedisServer _redis = null!;

    public override async Task InitializeAsync()
    {
        _redis = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _redis.DisposeAsync();
    }

    protected override string[] Arguments() => ["--redis", _redis.EndPoint];
}

/// <summary>What agents and people do with join codes.</summary>
internal static class JoinCalls
{
    private static readonly string _session = new('s', 24);

    extension(SiloClient client)
    {
        /// <summary>An agent asks, by the default: no terms but the purpose.</summary>
        public Task<RequestConsentResponse> AskFor(string? email, string interaction, string preset = "", string? requestId = null, string tenant = "acme", string language = "", string? actor = null) =>
            client.Consents.RequestConsentAsync(
                new RequestConsentRequest
                {
                    RequestId = requestId ?? Requests.NewId(),
                    Subject = email is null ? null : new SubjectIdentifier { Email = email },
                    Terms = new GrantTerms { Purposes = { Requests.Purpose }, Preset = preset },
                    InteractionId = interaction,
                    Language = language,
                },
                actor is null ? client.AsAgent(tenant) : client.AsActor(actor, tenant)).ResponseAsync;

        /// <summary>A person opens a code or a link; with a customer's token if one is named.</summary>
        public Task<OpenJoinResponse> OpenCode(string code, string proof = "", string? email = null, string? session = null) => client.Consents.OpenJoinAsync(
            new OpenJoinRequest { Code = code, LinkProof = proof, Session = session ?? NewSession() }, email is null ? Anonymous() : client.AsCustomer(email)).ResponseAsync;

        /// <summary>A person says what the request says.</summary>
        public Task<AcceptJoinResponse> Accept(AcceptJoinRequest request, string? email = null) =>
            client.Consents.AcceptJoinAsync(request, email is null ? Anonymous() : client.AsCustomer(email)).ResponseAsync;

        /// <summary>The agent's watch of a request.</summary>
        public AsyncServerStreamingCall<WatchConsentRequestResponse> WatchRequest(string id, CallOptions? options = null) =>
            client.Consents.WatchConsentRequest(new WatchConsentRequestRequest { ConsentRequestId = id }, options ?? client.AsAgentForLong());

        /// <summary>How a request stands now.</summary>
        public async Task<ConsentRequestStatus> StatusOf(string id)
        {
            using var watch = client.WatchRequest(id);
            return await watch.Next();
        }

        /// <summary>True if acme sees something of this subject in this interaction.</summary>
        public async Task<bool> SeesIn(SubjectIdentifier subject, string interaction, CallOptions? options = null)
        {
            try
            {
                await client.Contexts.GetContextAsync(
                    new GetContextRequest { Subject = subject, Purpose = Requests.Purpose, InteractionId = interaction }, options ?? client.AsAgent());
                return true;
            }
            catch (RpcException refused) when (refused.StatusCode == StatusCode.PermissionDenied)
            {
                return false;
            }
        }

        /// <summary>The interaction ends.</summary>
        public Task EndInteraction(string interaction) => client.Contexts.EndInteractionAsync(
            new EndInteractionRequest { RequestId = Requests.NewId(), InteractionId = interaction }, client.AsAgent()).ResponseAsync;
    }

    /// <summary>The yes of a person who calls for themselves and is of age.</summary>
    public static AcceptJoinRequest Yes(string code, string digits, string proof = "") => new()
    {
        RequestId = Requests.NewId(),
        Code = code,
        LinkProof = proof,
        Session = NewSession(),
        Digits = digits,
        ForMyself = true,
        OfAge = true,
    };

    /// <summary>Digits that are not <paramref name="digits"/>.</summary>
    public static string Wrong(string digits) => digits == "00" ? "01" : "00";

    public static string NewSession() => $"{_session}-{Guid.CreateVersion7():N}";

    public static CallOptions Anonymous() => new(deadline: (TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(10)).UtcDateTime);

    /// <summary>The next status of a watch.</summary>
    public static async Task<ConsentRequestStatus> Next(this AsyncServerStreamingCall<WatchConsentRequestResponse> watch)
    {
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        }
        while (watch.ResponseStream.Current.Status is null);

        return watch.ResponseStream.Current.Status;
    }
}
