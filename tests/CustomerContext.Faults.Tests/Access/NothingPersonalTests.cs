using System.Text;
using CustomerContext.Faults.Tests.Consents;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Records;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Access;

/// <summary>What an operator can see of a silo, its log, its metrics and its traces, names nobody: neither customer nor agent, whatever was called and whatever went wrong.</summary>
public sealed class NothingPersonalTests : IDisposable
{
    private const string Agent = "agent-hollerith";
    private const string Phone = "+4915123450987";

    /// <summary>Long enough for an answer, and short enough for a stream that has none.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);

    private readonly FullCustomer _lena = new("lena-lovelace");
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task LogMetricsAndTraces_AfterEveryKindOfCallAndRefusal_NameNobody()
    {
        await using var collector = await Collector.Start();
        await using var silo = await SiloProcess.Start(_data.Path, "--otlp", collector.Address, "--traces", "on");
        silo.ExpectedErrors = ["Grpc"]; // Of messages that are none.
        string[] secrets;
        using (var client = new SiloClient(silo))
        {
            var grant = await _lena.Make(client);
            secrets = await UseCodes(client);
            await Watch(client, grant);
            await CallEverything(silo);
        }

        await AskTheDoorsForNames(silo);
        var metrics = await Metrics(silo);
        await silo.Stop();

        Assert.Contains("customercontext_look_duration_seconds", metrics, StringComparison.Ordinal);
        Assert.All(["ICustomerGrain", "ledger append", "/customercontext.v1.ContextService/GetContext"], part => Assert.Contains(part, collector.Taken, StringComparison.Ordinal));
        Assert.Empty(Needles(secrets).FoundIn([], silo.Output, metrics, collector.Taken));
    }

    [Fact]
    public async Task LogMetricsAndTraces_TheStoreDoesNotAnswer_NameNobody()
    {
        await using var redis = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");
        await using var collector = await Collector.Start();
        await using var silo = await SiloProcess.Start(_data.Path, "--redis", redis.EndPoint, "--otlp", collector.Address, "--traces", "on");
        silo.ExpectedErrors = [""];
        using (var client = new SiloClient(silo))
        {
            await _lena.Make(client);
            Assert.Equal("OK", await redis.Cli("CLIENT", "PAUSE", "3000", "ALL"));
            var refused = await Assert.ThrowsAsync<RpcException>(() => client.Contexts.GetContextAsync(Requests.Lookup(_lena.Email), client.AsAgent()).ResponseAsync);
            Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
            await CallEverything(silo);
        }

        var metrics = await Metrics(silo);
        await silo.Stop();

        Assert.Contains("outcome=\"unavailable\"", metrics, StringComparison.Ordinal);
        Assert.Empty(Needles([]).FoundIn([], silo.Output, metrics, collector.Taken));
    }

    private Needles Needles(IEnumerable<string> secrets) => new([.. _lena.Texts, Agent, Phone, .. secrets]);

    /// <summary>A code that is guessed wrong and then right, and a request that is approved; the secrets of it.</summary>
    private async Task<string[]> UseCodes(SiloClient client)
    {
        var code = await client.MakeCode(_lena.Email);
        var wrong = ((int.Parse(code) + 1) % 100_000_000).ToString("D8");
        await Assert.ThrowsAsync<RpcException>(() => client.Redeem(_lena.Email, wrong));
        await client.Redeem(_lena.Email, code);
        await client.Ask(_lena.Email);
        var phone = Requests.Lookup(_lena.Email);
        phone.Subject = new SubjectIdentifier { PhoneNumber = Phone };
        await Assert.ThrowsAsync<RpcException>(() => client.Contexts.GetContextAsync(phone, client.AsAgent()).ResponseAsync);
        return [code, wrong];
    }

    private async Task Watch(SiloClient client, string grant)
    {
        using var watch = client.Contexts.WatchContext(Requests.Watch(_lena.Email), client.AsAgent());
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        await client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(_lena.Email, "c", 1)), client.AsAgent());
        await client.Consents.RevokeGrantAsync(Requests.Revoke(grant), client.AsCustomer(_lena.Email));
    }

    /// <summary>Every method of the contract, as an agent, as the customer, and with each bad token; with a request that names the customer, and with bytes that are none but hold the name.</summary>
    private async Task CallEverything(SiloProcess silo)
    {
        using var any = new AnyMethod(silo.Grpc);
        Func<Dictionary<string, object>>[] callers = [() => DevTokens.Actor("acme", Agent), () => DevTokens.Customer(_lena.Email)];
        SubjectIdentifier[] names = [new() { Email = _lena.Email }, new() { PhoneNumber = Phone }];
        var answered = 0;
        foreach (var method in AnyMethod.All)
        {
            byte[][] requests = [.. names.Select(name => AnyMethod.RequestFor(method, name).ToByteArray()), Encoding.UTF8.GetBytes(_lena.Email)];
            foreach (var claims in callers)
            {
                var good = SiloClient.With(silo.Tokens.Sign(claims()), _longest);
                foreach (var options in BadTokens.Of(silo.Tokens, claims).Select(bad => bad.Options).Prepend(good))
                {
                    foreach (var request in requests)
                    {
                        answered += await Answers(() => any.Call(method, request, options)) ? 1 : 0;
                    }
                }
            }
        }

        Assert.NotEqual(0, answered);
    }

    private async Task AskTheDoorsForNames(SiloProcess silo)
    {
        using var http = new HttpClient();
        foreach (var path in new[] { $"/{_lena.Email}", $"/healthz?email={_lena.Email}", $"/metrics?phone={Phone}" })
        {
            using var answer = await http.GetAsync(new Uri(silo.Http, path));
        }
    }

    private static async Task<string> Metrics(SiloProcess silo)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(silo.Http, "/metrics"));
    }

    private static async Task<bool> Answers(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (RpcException)
        {
            return false;
        }
    }
}
