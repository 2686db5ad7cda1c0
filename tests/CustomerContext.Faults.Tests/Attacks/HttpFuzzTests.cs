using System.Net.Sockets;
using System.Text;
using CsCheck;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Attacks;

/// <summary>Generated requests, most with bytes changed, at the HTTP door: an answer that is no fault of ours or a closed connection, no growth of memory, and the silo goes on. Five times CC_FUZZ requests, the same for the same CC_SEED.</summary>
public sealed class HttpFuzzTests(RunningSilo running, ITestOutputHelper output) : IClassFixture<RunningSilo>
{
    private const long MostGrowth = 100_000_000;

    private static readonly int _requests = Trials.Count("CC_FUZZ", 40) * 5;

    // Long enough for most answers; one that waits for more bytes is given up.
    private static readonly TimeSpan _longest = TimeSpan.FromMilliseconds(250);

    private static readonly string[] _paths =
        ["/healthz", "/metrics", "/.well-known/jwks.json", "/notices", "/notices/2026-11", "/notices/%2e%2e%2f", "/customercontext.v1.ContextService/GetContext", "/events", "/v1/batch", "/v1/track", "/", "/%00", "//", "*"];

    private static readonly Gen<byte[]> _request = Gen.Select(
        Mutation.OneOf("GET", "POST", "HEAD", "PUT", "get", "TRACE"), Mutation.OneOf(_paths), Gen.Int[0, 2], Mutation.Any.Array[0, 4]).Select((verb, path, length, mutations) =>
            Mutation.Of(Encoding.ASCII.GetBytes($"{verb} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\nConnection: close\r\n\r\nab"), mutations));

    [Fact]
    public async Task HttpDoor_MutatedRequests_NoFaultAndTheSiloGoesOn()
    {
        var random = new PCG(1, (ulong)Trials.Seed);
        var before = running.Silo.Memory;
        var seen = new Dictionary<string, int>();
        for (var i = 0; i < _requests; i++)
        {
            var bytes = _request.Generate(random, null, out _);
            var answer = await Send(bytes);
            seen[answer] = seen.GetValueOrDefault(answer) + 1;
            Assert.False(answer.StartsWith('5') && answer != "503" && answer != "505", $"{answer} to {Convert.ToHexString(bytes)}; seed {Trials.Seed}");
        }

        output.WriteLine($"seed {Trials.Seed}, {_requests} requests: {string.Join(", ", seen)}; the process grew by {(running.Silo.Memory - before) / 1e6:0.0} MB");
        Assert.True(running.Silo.Memory - before < MostGrowth);
        using var http = new HttpClient();
        Assert.StartsWith("Healthy", await http.GetStringAsync(new Uri(running.Silo.Http, "/healthz")), StringComparison.Ordinal);
    }

    /// <summary>The status of the answer; "closed" if there is none, "silent" if the silo waits for more.</summary>
    private async Task<string> Send(byte[] bytes)
    {
        using var client = new TcpClient();
        using var tooLong = new CancellationTokenSource(_longest);
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
