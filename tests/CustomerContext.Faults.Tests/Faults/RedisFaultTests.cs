using System.Diagnostics;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>What goes wrong with a Redis: UNAVAILABLE, never a wrong answer, and it heals by itself where that is safe.</summary>
public sealed class RedisFaultTests : IDisposable
{
    private const string Email = "redis@example.org";

    // 500 ms by design, and what a loaded machine adds.
    private static readonly TimeSpan _longestRefusal = TimeSpan.FromMilliseconds(900);

    // 1.25 s by design, and what a loaded machine adds.
    private static readonly TimeSpan _longestFrozen = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _longestHealing = TimeSpan.FromSeconds(20);

    // Orleans logs what its storage could not do, also in the storage's name; the health checks log that they fail.
    private static readonly string[] _logged = ["Orleans", "CustomerContext.Storage", "Microsoft.Extensions.Diagnostics.HealthChecks"];

    private readonly TempFolder _data = new();

    [Fact]
    public async Task Lookup_RedisIsStalled_UnavailableSoonAndHeals()
    {
        await using var redis = await Start();
        await using var silo = await SiloProcess.Start(_data.Path, "--redis", redis.EndPoint);
        silo.ExpectedErrors = _logged;
        using var client = await WithCustomer(silo);
        Assert.Equal("OK", await redis.Cli("CLIENT", "PAUSE", "2500", "ALL"));

        var started = Stopwatch.GetTimestamp();
        var refused = await Refused(client);
        var took = Stopwatch.GetElapsedTime(started);

        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.True(took < _longestRefusal, $"Refused after {took}.");
        await Heals(client);
    }

    [Fact]
    public async Task Health_RedisIsFrozen_SeenWithinTwoSecondsThoughNobodyCalls()
    {
        await using var redis = await Start();
        await using var silo = await SiloProcess.Start(_data.Path, "--redis", redis.EndPoint);
        silo.ExpectedErrors = _logged;
        Assert.StartsWith("Healthy", await silo.Health(), StringComparison.Ordinal);

        await redis.Halt();
        var frozen = Stopwatch.GetTimestamp();
        var unhealthy = await HealthOnce(silo, "Unhealthy");
        var took = Stopwatch.GetElapsedTime(frozen);
        await redis.Continue();

        Assert.Contains("store: Unhealthy", unhealthy, StringComparison.Ordinal);
        Assert.True(took < _longestFrozen, $"Seen after {took}.");
        Assert.Contains("store: Healthy", await HealthOnce(silo, "Healthy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_RedisIsReadOnly_UnavailableAndHeal()
    {
        await using var redis = await Start();
        await using var silo = await SiloProcess.Start(_data.Path, "--redis", redis.EndPoint);
        silo.ExpectedErrors = _logged;
        using var client = await WithCustomer(silo);
        var grant = (await client.Consents.ListGrantsAsync(new ListGrantsRequest(), client.AsCustomer(Email))).Grants[0].GrantId;
        var box = new UpdateGrantRequest { RequestId = Requests.NewId(), GrantId = grant, Terms = new GrantTerms { AiReaders = new AiReaders() }, UpdateMask = new() { Paths = { "ai_readers" } } };
        await client.Consents.UpdateGrantAsync(box, client.AsCustomer(Email));
        Assert.Contains("disclosureId", await AskByMcp(silo), StringComparison.Ordinal);

        // A replica of nobody: port 1 answers no one, so it keeps its data and takes no writes.
        Assert.Equal("OK", await redis.Cli("REPLICAOF", "127.0.0.1", "1"));
        Assert.Equal(StatusCode.Unavailable, (await Refused(client)).StatusCode);
        var item = Assert.Single((await client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(Email, "c", 7)), client.AsAgent())).Results);
        Assert.Equal(ErrorReason.StoreUnavailable, item.Status?.Reason);
        Assert.Contains("STORE_UNAVAILABLE", await AskByMcp(silo), StringComparison.Ordinal);
        using var http = new HttpClient();
        Assert.Matches("customercontext_calls_total\\{[^}]*code=\"Unavailable\"[^}]*method=\"POST /mcp\"", await http.GetStringAsync(new Uri(silo.Http, "/metrics")));

        Assert.Equal("OK", await redis.Cli("REPLICAOF", "NO", "ONE"));
        await Heals(client);
    }

    [Fact]
    public async Task Calls_RepliesAreLost_UnavailableAndCountOnceWhenSentAgain()
    {
        await using var redis = await Start();
        using var proxy = new FaultyProxy(redis.Port);
        await using var silo = await SiloProcess.Start(_data.Path, "--redis", proxy.EndPoint);
        silo.ExpectedErrors = _logged;
        using var client = await WithCustomer(silo);
        var turn = Requests.Turn(Email, "lost", 1);
        var grant = Requests.Grant("globex");

        proxy.DropReplies();
        var item = Assert.Single((await client.Signals.PublishSignalsAsync(Requests.Publish(turn), client.AsAgent())).Results);
        var granting = await Assert.ThrowsAsync<RpcException>(() => client.Consents.CreateGrantAsync(grant, client.AsCustomer(Email)).ResponseAsync);
        Assert.Equal(ErrorReason.StoreUnavailable, item.Status?.Reason);
        Assert.Equal(StatusCode.Unavailable, granting.StatusCode);
        Assert.Equal(StatusCode.Unavailable, (await Refused(client)).StatusCode);
        proxy.Heal();
        await Heals(client);

        await client.Signals.PublishSignalsAsync(Requests.Publish(turn), client.AsAgent());
        var made = await client.Consents.CreateGrantAsync(grant, client.AsCustomer(Email));
        var answer = await client.Contexts.GetContextAsync(Requests.Lookup(Email), client.AsAgent());
        Assert.Equal(1, Assert.Single(answer.Context.Conversations.Latest).TurnCount);
        var grants = await client.Consents.ListGrantsAsync(new ListGrantsRequest(), client.AsCustomer(Email));
        Assert.Equal(made.Grant.GrantId, Assert.Single(grants.Grants, one => one.Tenant == "globex").GrantId);
        var log = await client.ReadLog(Email);
        Assert.Empty(ChainCheck.Faults(log.Records, log.Head));
    }

    [Fact]
    public async Task Calls_RedisRestarts_HealWithEverythingThere()
    {
        await using var redis = await Start();
        await using var silo = await SiloProcess.Start(_data.Path, "--redis", redis.EndPoint);
        silo.ExpectedErrors = _logged;
        using var client = await WithCustomer(silo);
        var before = await client.ReadLog(Email);

        await redis.Kill();
        Assert.Equal(StatusCode.Unavailable, (await Refused(client)).StatusCode);
        await redis.StartAgain();
        await Heals(client);

        var after = await client.ReadLog(Email);
        Assert.Empty(ChainCheck.Faults(after.Records, after.Head));
        Assert.Equal(before.Records, after.Records.Take(before.Records.Count));
    }

    [Fact]
    public async Task Calls_RedisRestartsEmpty_AllUnavailableUntilAnOperatorSaysOtherwise()
    {
        await using var redis = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");
        await using var silo = await SiloProcess.Start(_data.Path, "--redis", redis.EndPoint);
        silo.ExpectedErrors = _logged;
        using var client = await WithCustomer(silo);
        Assert.StartsWith("Healthy", await silo.Health(), StringComparison.Ordinal);

        await redis.Kill();
        redis.Forget();
        await redis.StartAgain();

        // Until it is connected again and has seen that all is gone; and then still.
        using var deadline = new CancellationTokenSource(_longestHealing);
        while (!(await silo.Health()).Contains("emptied", StringComparison.Ordinal))
        {
            Assert.Equal(StatusCode.Unavailable, (await Refused(client)).StatusCode);
            deadline.Token.ThrowIfCancellationRequested();
        }

        Assert.StartsWith("Unhealthy", await silo.Health(), StringComparison.Ordinal);
        Assert.Equal(StatusCode.Unavailable, (await Refused(client)).StatusCode);
        var preferences = await Assert.ThrowsAsync<RpcException>(
            () => client.Consents.SetPreferencesAsync(Requests.Preferences("acme"), client.AsCustomer("new@example.org")).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, preferences.StatusCode);

        await silo.Kill();
        var refused = await Assert.ThrowsAsync<SiloStartException>(() => SiloProcess.Start(_data.Path, "--redis", redis.EndPoint));
        Assert.Contains("--accept-store", refused.Output, StringComparison.Ordinal);
        await using var accepted = await SiloProcess.Start(_data.Path, "--redis", redis.EndPoint, "--accept-store");
        using var again = new SiloClient(accepted);
        Assert.Equal(StatusCode.PermissionDenied, (await Refused(again)).StatusCode);
    }

    public void Dispose() => _data.Dispose();

    private static Task<RedisServer> Start() => RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");

    private static async Task<SiloClient> WithCustomer(SiloProcess silo)
    {
        var client = new SiloClient(silo);
        await client.MakeCustomer(Email, "acme");
        await Heals(client);
        return client;
    }

    private static Task<RpcException> Refused(SiloClient client) =>
        Assert.ThrowsAsync<RpcException>(() => client.Contexts.GetContextAsync(Requests.Lookup(Email), client.AsAgent()).ResponseAsync);

    private static async Task Heals(SiloClient client) =>
        Assert.NotEmpty((await Patience.Try(() => client.Contexts.GetContextAsync(Requests.Lookup(Email), client.AsAgent()).ResponseAsync)).DisclosureId);

    /// <summary>What an AI reader is answered.</summary>
    private static async Task<string> AskByMcp(SiloProcess silo)
    {
        const string Call = $$$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_context","arguments":{"subject":{"email":"{{{{Email}}}}"},"purpose":"service.support"}}}""";
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(silo.Http, "/mcp")) { Content = new StringContent(Call, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Authorization = new("Bearer", silo.Tokens.Sign(new Dictionary<string, object>(DevTokens.Actor("acme", "assistant", isPerson: false)) { ["client_id"] = "acme-assistant" }));
        using var answer = await http.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>What /healthz says as soon as it begins with <paramref name="word"/>.</summary>
    private static async Task<string> HealthOnce(SiloProcess silo, string word)
    {
        using var deadline = new CancellationTokenSource(_longestHealing);
        while (true)
        {
            var said = await silo.Health();
            if (said.StartsWith(word, StringComparison.Ordinal))
            {
                return said;
            }

            deadline.Token.ThrowIfCancellationRequested();
        }
    }
}
