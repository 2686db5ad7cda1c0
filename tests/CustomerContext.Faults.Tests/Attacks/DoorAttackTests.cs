using System.Net.Sockets;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;
using Xunit.Abstractions;
using Doors = CustomerContext.Domain.Limits.Doors;
using Rates = CustomerContext.Domain.Limits.Rates;

namespace CustomerContext.Faults.Tests.Attacks;

/// <summary>What somebody without a token can cost: memory, processor time, connections.</summary>
public sealed class DoorAttackTests : IAsyncLifetime, IDisposable
{
    private const int Connections = 20;

    /// <summary>Far more than Kestrel keeps of one connection.</summary>
    private const int Refused = 1_000;

    private const int Leaving = 400;

    private const string Unauthenticated = "16";
    private const string Publish = "/customercontext.v1.SignalService/PublishSignals";

    private static readonly int _bodies = Trials.Count("CC_BODIES", 20);
    /// <summary>How HTTP/2 begins (RFC 9113, 3.4): a fixed text, and settings, here none.</summary>
    private static readonly byte[] _preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0];

    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(5);

    private readonly TempFolder _data = new();
    private readonly ITestOutputHelper _output;
    private readonly CancellationTokenSource _over = new();
    private SiloProcess _silo = null!;

    public DoorAttackTests(ITestOutputHelper output) => _output = output;

    public async Task InitializeAsync() => _silo = await SiloProcess.Start(_data.Path, "--connections-per-address", $"{Connections}");

    public async Task DisposeAsync()
    {
        await _over.CancelAsync();
        await _silo.DisposeAsync();
    }

    public void Dispose()
    {
        _data.Dispose();
        _over.Dispose();
    }

    [Fact]
    public async Task Bodies_WithoutAToken_RefusedBeforeTheyAreRead()
    {
        using var http = new HttpClient();
        var before = _silo.Memory;
        var answers = await Task.WhenAll(Enumerable.Range(0, _bodies).Select(_ => RawCall.Send(
            http, _silo.Grpc, Publish, new EndlessMessage(Domain.Limits.Requests.MessageBytes, Doors.SmallMessageBytes, _over.Token), stop: _over.Token)))
            .WaitAsync(_soon);

        _output.WriteLine($"{_bodies} messages of 4 MB were begun without a token: the process grew by {(_silo.Memory - before) / 1e6:0.0} MB");
        Assert.All(answers, answer => Assert.Equal(Unauthenticated, RawCall.StatusOf(answer)));
    }

    /// <summary>Kestrel closes a connection on which too many calls are over before their messages are; who is refused must not take others' calls on it with them.</summary>
    [Fact]
    public async Task Calls_RefusedOverAndOverBeforeTheirMessageIsThere_TheConnectionStays()
    {
        using var http = new HttpClient();
        for (var i = 0; i < Refused; i++)
        {
            var isAnswered = new TaskCompletionSource();
            using var answer = await RawCall.Send(http, _silo.Grpc, Publish, new LateMessage(isAnswered.Task));
            Assert.Equal(Unauthenticated, RawCall.StatusOf(answer));
            isAnswered.SetResult();
            await answer.Content.ReadAsByteArrayAsync();
        }
    }

    /// <summary>The rest of a refused message is waited for a second. Whoever leaves at just that moment must not take the process with them.</summary>
    [Fact]
    public async Task Calls_RefusedWhoseSendersLeaveAsTheRestIsGivenUp_TheSiloGoesOn()
    {
        var connections = Enumerable.Range(0, Connections / 2).Select(_ => new HttpClient()).ToArray();
        await Task.WhenAll(Enumerable.Range(0, Leaving).Select(LeaveAfter));
        Array.ForEach(connections, connection => connection.Dispose());

        using var client = new SiloClient(_silo);
        await Refusals.Invalid("purpose", () => client.Contexts.GetContextAsync(new GetContextRequest(), client.AsAgent()).ResponseAsync);

        async Task LeaveAfter(int number)
        {
            using var leaves = new CancellationTokenSource(Doors.RefusedBody + TimeSpan.FromMilliseconds((number % 40) - 20));
            try
            {
                using var answer = await RawCall.Send(connections[number % connections.Length], _silo.Grpc, Publish, new EndlessMessage(1_000, 10, leaves.Token), stop: leaves.Token);
                await answer.Content.CopyToAsync(Stream.Null, leaves.Token);
                await new TaskCompletionSource().Task.WaitAsync(leaves.Token);
            }
            catch (Exception left) when (left is OperationCanceledException or HttpRequestException or IOException)
            {
                // As meant.
            }
        }
    }

    /// <summary>Whoever posts to a gRPC method over HTTP/1.1 wrote an error into the log with each call; the silo's log is looked at when it ends.</summary>
    [Theory]
    [InlineData(5, 5)]
    [InlineData(5, 50)]
    public async Task Method_OverHttp1WithoutAToken_RefusedAndNoErrorInTheLog(int sent, int announced)
    {
        using var post = new TcpClient();
        await post.ConnectAsync(_silo.Http.Host, _silo.Http.Port);
        var head = $"POST {Publish} HTTP/1.1\r\nHost: {_silo.Http.Authority}\r\nContent-Length: {announced}\r\nConnection: close\r\n\r\n";
        await post.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(head + new string('a', sent)));
        var answer = new byte[2_000];
        var read = await post.GetStream().ReadAsync(answer).AsTask().WaitAsync(_soon);
        Assert.Contains($"grpc-status: {Unauthenticated}", System.Text.Encoding.ASCII.GetString(answer, 0, read), StringComparison.OrdinalIgnoreCase);

        // The end of the connection, in order or not, is the end of the call.
        await Record.ExceptionAsync(() => post.GetStream().CopyToAsync(Stream.Null).WaitAsync(Doors.BodyGrace + _soon));
    }

    /// <summary>Paths are found whatever their case, and so were calls that nobody had authenticated.</summary>
    [Fact]
    public async Task Method_InAnotherCaseWithoutAToken_Unauthenticated()
    {
        using var http = new HttpClient();
        var answer = await RawCall.Send(http, _silo.Grpc, Publish.ToUpperInvariant(), new ByteArrayContent(new byte[5]));

        Assert.Equal(Unauthenticated, RawCall.StatusOf(answer));
        Assert.DoesNotContain("PUBLISHSIGNALS", await http.GetStringAsync(new Uri(_silo.Http, "/metrics")), StringComparison.Ordinal);
    }

    /// <summary>In development mode anybody can make tokens, so a proxy on the same machine must not open it.</summary>
    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("Host", "rebound.example.org")]
    public async Task Development_ThroughAProxyOrByAnotherName_Refused(string header, string value)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_silo.Http, "/healthz"));
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await http.SendAsync(request);

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Message_LargerThanSmallOnesAre_RefusedWhereNoSignalsAreSent()
    {
        using var client = new SiloClient(_silo);
        var largest = new string('a', Doors.SmallMessageBytes - 100);
        await Refusals.Invalid("purpose", () => client.Contexts.GetContextAsync(new GetContextRequest { Purpose = largest }, client.AsAgent()).ResponseAsync);

        var error = await Assert.ThrowsAsync<RpcException>(() =>
            client.Contexts.GetContextAsync(new GetContextRequest { Purpose = new string('a', Doors.SmallMessageBytes) }, client.AsAgent()).ResponseAsync);
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    /// <summary>A body that stands still ends its connection long before the time is up in which the whole of it must arrive.</summary>
    [Fact]
    public async Task Body_OfAKnownCallerThatStandsStill_EndsTheConnection()
    {
        using var http = new HttpClient();
        using var post = new TcpClient();
        await post.ConnectAsync(_silo.Http.Host, _silo.Http.Port);
        var token = _silo.Tokens.Sign(DevTokens.Actor("acme"));
        var begun = TimeProvider.System.GetTimestamp();

        var call = Assert.ThrowsAsync<HttpRequestException>(() => RawCall.Send(http, _silo.Grpc, Publish, new EndlessMessage(1_000, 10, _over.Token), token, _over.Token));
        var head = $"POST /events HTTP/1.1\r\nHost: {_silo.Http.Authority}\r\nContent-Type: application/cloudevents+json\r\nContent-Length: 1000\r\nAuthorization: Bearer {token}\r\n\r\n{{";
        await post.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(head));
        using var reader = new StreamReader(post.GetStream());
        var answer = reader.ReadToEndAsync();
        await Task.WhenAll(call, answer).WaitAsync(Doors.BodyGrace + _soon);

        _output.WriteLine($"a body that stands still ended its connection after {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:0.0} s");
        Assert.StartsWith("HTTP/1.1 408", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_MoreOfOneAddressThanAllowed_ClosedAndHealthSaysSo()
    {
        _silo.ExpectedErrors = ["Microsoft.Extensions.Diagnostics.HealthChecks"];
        using var http = new HttpClient();
        var health = new Uri(_silo.Http, "/healthz");
        Assert.StartsWith("Healthy", await http.GetStringAsync(health), StringComparison.Ordinal);

        // Until the health check's own connection is closed it takes a place, too.
        using var tooLong = new CancellationTokenSource(_soon);
        var open = new List<TcpClient>();
        while (open.Count < Connections && !tooLong.IsCancellationRequested)
        {
            if (await Connect() is { } letIn)
            {
                open.Add(letIn);
            }
        }

        Assert.Equal(Connections, open.Count);
        Assert.Null(await Connect());
        Assert.StartsWith("Unhealthy", await Until("Unhealthy"), StringComparison.Ordinal);
        open.ForEach(one => one.Dispose());
        Assert.StartsWith("Healthy", await Until("Healthy"), StringComparison.Ordinal);

        // An answer is given again for a second.
        async Task<string> Until(string word)
        {
            using var deadline = new CancellationTokenSource(_soon);
            while (true)
            {
                using var answer = await http.GetAsync(health, deadline.Token);
                if (await answer.Content.ReadAsStringAsync(deadline.Token) is { } text && text.StartsWith(word, StringComparison.Ordinal))
                {
                    return text;
                }
            }
        }
    }

    [Fact]
    public async Task Tokens_ForgedOverAndOver_NoLongerCheckedAndKnownCallersGoOn()
    {
        using var client = new SiloClient(_silo.Grpc, _silo.Tokens, oneConnection: true);
        await client.MakeCustomer("served@example.org", "acme");
        await client.Contexts.GetContextAsync(Requests.Lookup("served@example.org"), client.AsAgent());
        var attempts = (Rates.ForgedOfConnection * (int)Rates.Window.TotalSeconds) + 200;
        var stranger = DevTokens.OfStranger();
        var claims = DevTokens.Actor("acme");
        var token = stranger.Sign(claims);
        var before = _silo.ProcessorTime;
        var seen = new Dictionary<StatusCode, int>();
        for (var i = 0; i < attempts; i++)
        {
            var error = await Assert.ThrowsAsync<RpcException>(() => client.Contexts.GetContextAsync(Requests.Lookup("served@example.org"), SiloClient.With(token)).ResponseAsync);
            seen[error.StatusCode] = seen.GetValueOrDefault(error.StatusCode) + 1;
        }

        _output.WriteLine($"{attempts} forged tokens took {(_silo.ProcessorTime - before).TotalMilliseconds:0} ms of processor time: {string.Join(", ", seen)}");
        Assert.True(seen[StatusCode.Unauthenticated] >= Rates.ForgedOfConnection * (int)Rates.Window.TotalSeconds);
        Assert.True(seen[StatusCode.ResourceExhausted] > 0);
        Assert.NotEmpty((await client.Contexts.GetContextAsync(Requests.Lookup("served@example.org"), client.AsAgent())).DisclosureId);
    }

    /// <summary>A connection on which HTTP/2 is begun; absent if the silo does not answer there.</summary>
    private async Task<TcpClient?> Connect()
    {
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(_silo.Grpc.Host, _silo.Grpc.Port);
            await client.GetStream().WriteAsync(_preface);
            using var tooLong = new CancellationTokenSource(_soon);
            if (await client.GetStream().ReadAsync(new byte[1], tooLong.Token) > 0)
            {
                return client;
            }
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            // Closed.
        }

        client.Dispose();
        return null;
    }

    /// <summary>A message that ends once its call is answered.</summary>
    private sealed class LateMessage(Task isAnswered) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync(new byte[5]);
            await stream.FlushAsync();
            await isAnswered;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
