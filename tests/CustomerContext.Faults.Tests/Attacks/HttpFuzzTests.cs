using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CsCheck;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.HttpDoors;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Attacks;

/// <summary>
/// Generated requests, most with bytes changed, at the doors over HTTP, many at once: an answer that is no fault of ours or a closed connection, no growth of memory, and the silo goes on. CC_FUZZ bodies at
/// each door that takes signals and five times as many requests at the others, the same for the same CC_SEED.
/// </summary>
public sealed class HttpFuzzTests(RunningSilo running, ITestOutputHelper output) : IClassFixture<RunningSilo>
{
    private const int InFlight = 64;
    private const long MostGrowth = 200_000_000;

    // Each address has only so many ports, and a closed connection keeps one for a minute.
    private const int Addresses = 100;

    private static readonly int _requests = Trials.Count("CC_FUZZ", 40);

    // Long enough for most answers; one that waits for more bytes is given up.
    private static readonly TimeSpan _longest = TimeSpan.FromMilliseconds(500);

    // A whole body is always answered.
    private static readonly TimeSpan _answer = TimeSpan.FromSeconds(20);

    private static readonly string[] _paths =
        ["/healthz", "/metrics", "/.well-known/jwks.json", "/notices", "/notices/2026-11", "/notices/%2e%2e%2f", "/customercontext.v1.ContextService/GetContext", "/events", "/mcp", "/v1/batch", "/v1/track", "/v1/contexts:get", "/api", "/api/openapi.json", "/api/%2e%2e%2fappsettings.json", "/v1/catalog", "/v1/companies/acme/logo", "/", "/%00", "//", "*"];

    private static readonly Gen<byte[]> _request = Gen.Select(
        Mutation.OneOf("GET", "POST", "HEAD", "PUT", "get", "TRACE"), Mutation.OneOf(_paths), Gen.Int[0, 2], Mutation.Any.Array[0, 4]).Select((verb, path, length, mutations) =>
            Mutation.Of(Encoding.ASCII.GetBytes($"{verb} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\nConnection: close\r\n\r\nab"), mutations));

    /// <summary>Every rule of a signal, at its limit and one past it.</summary>
    private static readonly Signal[] _signals =
    [
        .. SignalCases.All.SelectMany(one => new[] { one.AtTheLimit, one.OnePast }).OfType<Action<Signal>>().Select((change, number) =>
        {
            var signal = Requests.Turn(number % 2 == 0 ? RunningSilo.Email : "nobody@example.org", $"fuzz-{number}", 1);
            change(signal);
            return signal;
        }).Where(signal => signal.OccurredTime?.Seconds != long.MaxValue && signal.Conversation?.PromisedUntilTime?.Nanos != -1),
    ];

    private static readonly string[] _events = [.. _signals.Select(HttpSender.EventOf)];

    private static readonly string[] _messages =
    [
        """{"type":"identify","userId":"known@example.org","messageId":"m1","timestamp":"2026-11-01T10:00:00Z","traits":{"email":"a@example.org","support_tier":"gold","name":"Ada","address":{"country":"NL"}}}""",
        """{"type":"track","userId":"known@example.org","messageId":"m2","event":"Live Chat Conversation Started","properties":{"conversation_id":"c-1","message_body":"Where is it?"}}""",
        """{"type":"track","anonymousId":"a-1","messageId":"m3","event":"Product Viewed","properties":{"product_id":"507","price":18.99,"currency":"USD","quantity":1,"url":"https://shop.example/p"}}""",
        """{"type":"page","userId":"nobody@example.org","messageId":"m4","name":"Home","properties":{"url":"https://shop.example/","title":"Home"}}""",
        """{"type":"screen","userId":"u","messageId":"m5","name":"Cart"}""",
        """{"type":"group","userId":"u","messageId":"m6","groupId":"g"}""",
        """{"type":"alias","userId":"u","messageId":"m7","previousId":"v"}""",
    ];

    private static readonly string[] _mcp =
    [
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"fuzz","version":"1"}}}""",
        """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
        """{"jsonrpc":"2.0","id":"a","method":"tools/list","params":{"cursor":"x"}}""",
        """{"jsonrpc":"2.0","id":3,"method":"ping"}""",
        """{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"get_context","arguments":{"subject":{"email":"known@example.org"},"purpose":"service.support","facets":["FACET_SENTIMENT"],"max_tokens":500}}}""",
        """{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"get_context","arguments":{"subject":{"opaque":"x"},"purpose":"service.support"},"_meta":{"progressToken":1}}}""",
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"list_work","arguments":{"purpose":"service.support","kinds":["ATTENTION_KIND_PROMISE",1],"queue":"WORK_QUEUE_FIRST","page_size":2,"page_token":"o.638000000000000000.c04f"}}}""",
        """{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"list_work","arguments":{"purpose":"service.support"}}}""",
        """{"jsonrpc":"2.0","id":6,"method":"resources/read","params":{"uri":"file:///etc/passwd"}}""",
    ];

    [Fact]
    public Task HttpDoor_MutatedRequests_NoFaultAndTheSiloGoesOn()
    {
        var random = new PCG(1, (ulong)Trials.Seed);
        return Fuzz(Enumerable.Range(0, _requests * 5).Select(_ => _request.Generate(random, null, out var _)), _longest);
    }

    [Fact]
    public Task Events_MutatedBodiesOfAKnownProgram_NoFaultAndTheSiloGoesOn()
    {
        using var sender = new HttpSender(running.Silo);
        var token = sender.TokenOf("acme");
        return Fuzz(Posts(
            Gen.Select(Mutation.OneOf(HttpSender.Structured, HttpSender.Batch), Mutation.OneOf(_events), Mutation.OneOf(_events), (type, one, other) =>
                ("/events", type, type == HttpSender.Batch ? $"[{one},{other}]" : one)),
            token));
    }

    [Fact]
    public Task Segment_MutatedBodiesWithAWriteKey_NoFaultAndTheSiloGoesOn() => Fuzz(Posts(
        Gen.Select(Mutation.OneOf("identify", "track", "page", "screen", "group", "alias", "batch"), Mutation.OneOf(_messages), Mutation.OneOf(_messages), (kind, one, other) =>
            ($"/v1/{kind}", "application/json", kind == "batch" ? $"{{\"batch\":[{one},{other}]}}" : one)),
        "Basic " + Convert.ToBase64String("demo-acme-crm-secret-key:"u8)));

    [Fact]
    public async Task JsonCalls_MutatedBodiesOfAKnownProgram_NoFaultAndTheSiloGoesOn()
    {
        using var sender = new HttpSender(running.Silo);
        (string, string)[] calls =
        [
            ("/v1/contexts:get", JsonFormatter.Default.Format(Requests.Lookup(RunningSilo.Email))),
            ("/v1/contexts:batchGet", """{"subjects":[{"email":"known@example.org"},{"opaque":"x"}],"purpose":"service.support","facets":["SENTIMENT",2]}"""),
            ("/v1/contexts:history", """{"subject":{"email":"nobody@example.org"},"purpose":"service.support","fromTime":"2026-11-01T10:00:00Z"}"""),
            ("/v1/interactions:begin", """{"requestId":"fuzz-1","interactionId":"fuzz-1","subject":{"email":"known@example.org"}}"""),
            ("/v1/interactions:end", """{"requestId":"fuzz-2","interactionId":"fuzz-2"}"""),
            .. _signals.Select(signal => ("/v1/signals:publish", JsonFormatter.Default.Format(Requests.Publish(signal)))),
        ];
        await Fuzz(Posts(Mutation.OneOf(calls).Select(call => (call.Item1, "application/json", call.Item2)), sender.TokenOf("acme")));
    }

    /// <summary>Some are still sound when they arrive, so that the tools are reached.</summary>
    [Fact]
    public async Task Mcp_MutatedBodiesOfAnAiReader_NoFaultAndTheSiloGoesOn()
    {
        var seen = await Fuzz(Posts(
        Mutation.OneOf(_mcp).Select(body => ("/mcp", "application/json", body)),
        $"Bearer {running.Silo.Tokens.Sign(new Dictionary<string, object>(DevTokens.Actor("acme", "assistant", isPerson: false, scope: "context.read attention.work")) { ["client_id"] = "acme-assistant" })}"));
        Assert.Contains("200", seen.Keys);
    }

    /// <summary>Whole requests whose bodies are changed.</summary>
    private static IEnumerable<byte[]> Posts(Gen<(string Path, string Type, string Body)> sound, string authorization)
    {
        var random = new PCG(1, (ulong)Trials.Seed);
        var changed = Gen.Select(sound, Mutation.Any.Array[0, 4], (post, mutations) => (post.Path, post.Type, Body: Mutation.Of(Encoding.UTF8.GetBytes(post.Body), mutations)));
        for (var number = 0; number < _requests; number++)
        {
            var (path, type, body) = changed.Generate(random, null, out _);
            var head = $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {type}\r\nAccept: application/json, text/event-stream\r\nAuthorization: {authorization}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n";
            yield return [.. Encoding.ASCII.GetBytes(head), .. body];
        }
    }

    private Task<ConcurrentDictionary<string, int>> Fuzz(IEnumerable<byte[]> posts) => Fuzz(posts, _answer, mustAnswer: true);

    /// <summary>How often each answer came.</summary>
    private async Task<ConcurrentDictionary<string, int>> Fuzz(IEnumerable<byte[]> requests, TimeSpan longest, bool mustAnswer = false)
    {
        var before = running.Silo.Memory;
        var begun = TimeProvider.System.GetTimestamp();
        var seen = new ConcurrentDictionary<string, int>();
        await Parallel.ForEachAsync(requests.Select((bytes, number) => (Bytes: bytes, Number: number)), new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (request, _) =>
        {
            var answer = await Send(request.Bytes, new IPAddress([127, 0, 0, (byte)(2 + (request.Number % Addresses))]), longest);
            seen.AddOrUpdate(answer, 1, (_, count) => count + 1);
            var isFault = answer.StartsWith('5') && answer != "503" && answer != "505";
            Assert.False(isFault || (mustAnswer && !char.IsDigit(answer[0])), $"{answer} to {Convert.ToHexString(request.Bytes)}; seed {Trials.Seed}");
        });

        output.WriteLine(
            $"seed {Trials.Seed}, {seen.Values.Sum()} requests in {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:0.0} s: {string.Join(", ", seen.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value}"))}; "
            + $"the process grew by {(running.Silo.Memory - before) / 1e6:0.0} MB");
        Assert.True(running.Silo.Memory - before < MostGrowth);
        using var http = new HttpClient();
        Assert.StartsWith("Healthy", await http.GetStringAsync(new Uri(running.Silo.Http, "/healthz")), StringComparison.Ordinal);
        return seen;
    }

    /// <summary>The status of the answer; "closed" if there is none, "silent" if the silo waits for more.</summary>
    private async Task<string> Send(byte[] bytes, IPAddress from, TimeSpan longest)
    {
        using var client = new TcpClient(new IPEndPoint(from, 0));
        using var tooLong = new CancellationTokenSource(longest);
        try
        {
            await client.ConnectAsync(running.Silo.Http.Host, running.Silo.Http.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(bytes, tooLong.Token);
            var start = new byte[12];
            var read = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, tooLong.Token);
            return read == start.Length ? Encoding.ASCII.GetString(start, 9, 3) : "closed";
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            return "closed";
        }
        catch (OperationCanceledException)
        {
            return "silent";
        }
    }
}
