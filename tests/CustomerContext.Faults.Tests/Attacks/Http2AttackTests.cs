using System.Buffers.Binary;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using Google.Protobuf;
using Xunit.Abstractions;
using Doors = CustomerContext.Domain.Limits.Doors;

namespace CustomerContext.Faults.Tests.Attacks;

/// <summary>
/// HTTP/2 against its purpose, by somebody with a good token: each attack's connections are closed in a bounded time, what they make the silo hold is little, and another caller is answered all the while.
/// </summary>
public sealed class Http2AttackTests : IAsyncLifetime, IDisposable
{
    private const string Email = "served@example.org";
    private const string Look = "/customercontext.v1.ContextService/GetContext";
    private const string Publish = "/customercontext.v1.SignalService/PublishSignals";

    private const long MostBytes = 256_000_000;

    private static readonly int _connections = Trials.Count("CC_HTTP2_ATTACKERS", 8);
    private static readonly TimeSpan _slack = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(200);

    // The buffers of both systems may still fill, and so take something, while the first of these times runs.
    private static readonly TimeSpan _still = 2 * Doors.OutputStill;

    private readonly TempFolder _data = new();
    private readonly ITestOutputHelper _output;
    private readonly CancellationTokenSource _over = new();
    private SiloProcess _silo = null!;
    private SiloClient _client = null!;
    private byte[] _look = null!;
    private byte[] _publish = null!;

    public Http2AttackTests(ITestOutputHelper output) => _output = output;

    public async Task InitializeAsync()
    {
        _silo = await SiloProcess.Start(_data.Path);
        _client = new SiloClient(_silo.Grpc, _silo.Tokens, oneConnection: true);
        await _client.MakeCustomer(Email, "acme");
        var token = _silo.Tokens.Sign(DevTokens.Actor("acme", "attacker", isPerson: false));
        _look = RawHttp2.Call(_silo.Grpc, Look, token);
        _publish = RawHttp2.Call(_silo.Grpc, Publish, token);
    }

    public async Task DisposeAsync()
    {
        await _over.CancelAsync();
        _client.Dispose();
        await _silo.DisposeAsync();
    }

    public void Dispose()
    {
        _data.Dispose();
        _over.Dispose();
    }

    /// <summary>Calls that are begun and taken back at once, over and over (CVE-2023-44487).</summary>
    [Fact]
    public Task RapidReset_OnManyConnections_Closed() => Attacked(TimeSpan.Zero, connection => Flood(connection, stream =>
    {
        connection.Add(RawHttp2.Headers, RawHttp2.EndHeaders, stream, _look);
        connection.Add(RawHttp2.ResetStream, 0, stream, [0, 0, 0, 8]);
    }));

    /// <summary>The same, where the silo is made to take each call back (CVE-2025-8671): a window is opened further than any may be.</summary>
    [Fact]
    public Task ResetsThatAreTheSilosOwn_OnManyConnections_Closed() => Attacked(TimeSpan.Zero, connection => Flood(connection, stream =>
    {
        connection.Add(RawHttp2.Headers, RawHttp2.EndHeaders, stream, _look);
        connection.Add(RawHttp2.WindowUpdate, 0, stream, [0x7F, 0xFF, 0xFF, 0xFF]);
    }));

    [Fact]
    public Task Continuations_WithoutEnd_Closed() => Attacked(TimeSpan.Zero, connection => HeadersThen(connection, new byte[8_192]));

    [Fact]
    public Task Continuations_EmptyAndWithoutEnd_Closed() => Attacked(Doors.Headers, connection => HeadersThen(connection, []));

    [Fact]
    public Task Headers_OfWhichAByteComesNowAndThen_Closed() => Attacked(Doors.Headers, async connection =>
    {
        connection.Add(RawHttp2.Headers, 0, 1, _look.AsSpan(0, 1));
        using var pace = new PeriodicTimer(_between);
        for (var at = 1; await connection.Send(_over.Token); at++)
        {
            await pace.WaitForNextTickAsync(_over.Token);
            connection.Add(RawHttp2.Continuation, 0, 1, _look.AsSpan(at % _look.Length, 1));
        }
    });

    [Fact]
    public Task Body_OfWhichAByteComesNowAndThen_Closed() => Attacked(Doors.BodyGrace, async connection =>
    {
        connection.Add(RawHttp2.Headers, RawHttp2.EndHeaders, 1, _publish);
        connection.Add(RawHttp2.Data, 0, 1, [0, 0, 1, 0, 0]);
        using var pace = new PeriodicTimer(_between);
        while (await connection.Send(_over.Token))
        {
            await pace.WaitForNextTickAsync(_over.Token);
            connection.Add(RawHttp2.Data, 0, 1, [1]);
        }
    });

    [Fact]
    public Task Settings_OverAndOverWithAnswersUnread_Closed() => Attacked(_still, connection => Flood(connection, _ => connection.Add(RawHttp2.Settings, 0, 0, [])), reads: false);

    [Fact]
    public Task Pings_OverAndOverWithAnswersUnread_Closed() => Attacked(_still, connection => Flood(connection, _ => connection.Add(RawHttp2.Ping, 0, 0, new byte[8])), reads: false);

    /// <summary>Looks whose answers may never leave: the window stays shut.</summary>
    [Fact]
    public Task Answers_IntoAWindowOfNothing_Closed() => Attacked(Doors.AnswerGrace, Looks, settings: [(RawHttp2.InitialWindow, 0)]);

    /// <summary>Looks whose answers nobody reads, until the system's buffers are full too.</summary>
    [Fact]
    public Task Answers_Unread_Closed() => Attacked(Doors.AnswerGrace, connection => Flood(connection, stream => AddLook(connection, stream)), reads: false, settings: [(RawHttp2.InitialWindow, int.MaxValue)]);

    /// <summary>Does <paramref name="attack"/> on many connections until each is closed, which may take <paramref name="within"/> and some slack.</summary>
    private async Task Attacked(TimeSpan within, Func<RawHttp2, Task> attack, bool reads = true, (int, uint)[]? settings = null)
    {
        var (before, begun) = (_silo.Memory, TimeProvider.System.GetTimestamp());
        var ended = Task.WhenAll(Enumerable.Range(0, _connections).Select(async _ =>
        {
            using var connection = await RawHttp2.Connect(_silo.Grpc, settings ?? []);
            var attacking = Task.Run(() => attack(connection));
            if (reads)
            {
                await connection.UntilClosed(_over.Token);
            }

            await attacking;
            return connection.Error;
        }));
        var (looks, longest, most) = (0, TimeSpan.Zero, before);
        while (!ended.IsCompleted && TimeProvider.System.GetElapsedTime(begun) < within + _slack)
        {
            var asked = TimeProvider.System.GetTimestamp();
            await Patience.Try(() => _client.Contexts.GetContextAsync(Requests.Lookup(Email), _client.AsAgent()).ResponseAsync);
            var took = TimeProvider.System.GetElapsedTime(asked);
            (looks, longest, most) = (looks + 1, took > longest ? took : longest, Math.Max(most, _silo.Memory));
        }

        var isOver = ended.IsCompleted;
        await _over.CancelAsync();
        _output.WriteLine(
            $"{_connections} connections, over: {isOver}, after {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:0.0} s ({(isOver ? string.Join(", ", (await ended).Distinct()) : "")}); the process grew by {(most - before) / 1e6:0.0} MB; {looks} lookups meanwhile, the longest {longest.TotalMilliseconds:0} ms");
        Assert.True(isOver);
        Assert.InRange(most - before, long.MinValue, MostBytes);
    }

    /// <summary>Sends what <paramref name="add"/> adds, for one stream after the other, as fast as it is taken.</summary>
    private async Task Flood(RawHttp2 connection, Action<int> add)
    {
        for (var stream = 1; await connection.Send(_over.Token); stream += 2 * Doors.CallsPerConnection)
        {
            for (var i = 0; i < Doors.CallsPerConnection; i++)
            {
                add(stream + (2 * i));
            }
        }
    }

    private async Task HeadersThen(RawHttp2 connection, byte[] more)
    {
        connection.Add(RawHttp2.Headers, 0, 1, _look);
        while (await connection.Send(_over.Token))
        {
            connection.Add(RawHttp2.Continuation, 0, 1, more);
        }
    }

    private async Task Looks(RawHttp2 connection)
    {
        for (var i = 0; i < Doors.CallsPerConnection; i++)
        {
            AddLook(connection, (2 * i) + 1);
        }

        await connection.Send(_over.Token);
    }

    private void AddLook(RawHttp2 connection, int stream)
    {
        var request = Requests.Lookup(Email);
        var message = new byte[5 + request.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), message.Length - 5);
        request.WriteTo(message.AsSpan(5));
        connection.Add(RawHttp2.Headers, RawHttp2.EndHeaders, stream, _look);
        connection.Add(RawHttp2.Data, RawHttp2.EndStream, stream, message);
    }
}
