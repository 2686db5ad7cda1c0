using System.Net;
using System.Net.Sockets;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using Xunit.Abstractions;
using Doors = CustomerContext.Domain.Limits.Doors;

namespace CustomerContext.Faults.Tests.Attacks;

/// <summary>
/// Connections of many addresses on which HTTP/2 is begun and nothing follows: known callers are answered all the time, <c>/healthz</c> says whether somebody new is let in, and the silo closes the idle ones.
/// It mostly waits, so it runs beside the others. CC_IDLE connections.
/// </summary>
[Collection("beside the others")]
public sealed class IdleConnectionTests(ITestOutputHelper output) : IDisposable
{
    private const string Email = "served@example.org";
    private const int OfOneAddress = 500;
    private const int AtOnce = 32;

    private static readonly int _connections = Trials.Count("CC_IDLE", 20);
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(10);

    /// <summary>How HTTP/2 begins (RFC 9113, 3.4): a fixed text, and settings, here none.</summary>
    private static readonly byte[] _preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0];

    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Connections_IdleOfManyAddresses_CallersAreAnsweredHealthIsTrueAndTheyAreClosed()
    {
        await using var silo = await SiloProcess.Start(_data.Path);
        silo.ExpectedErrors = ["Microsoft.Extensions.Diagnostics.HealthChecks"];
        using var client = new SiloClient(silo.Grpc, silo.Tokens, oneConnection: true);
        await client.MakeCustomer(Email, "acme");
        using var over = new CancellationTokenSource();
        var looks = LookUntil(client, over.Token);
        var before = silo.Memory;
        var begun = TimeProvider.System.GetTimestamp();

        var open = await OpenAll(silo.Grpc);
        var opened = TimeProvider.System.GetElapsedTime(begun);
        var grown = silo.Memory - before;

        // The caller has one of the places.
        var isFull = _connections >= Doors.Connections;
        Assert.Equal(isFull ? Doors.Connections - 1 : _connections, open.Count);
        Assert.Equal(!isFull, await IsLetIn(silo.Grpc));
        await Says(silo.Http, isFull ? "Unhealthy" : "Healthy");

        await Task.WhenAll(open.Select(Closed)).WaitAsync(2 * Doors.KeepAlive);
        var closed = TimeProvider.System.GetElapsedTime(begun);
        await Says(silo.Http, "Healthy");
        Assert.True(await IsLetIn(silo.Grpc));
        await over.CancelAsync();
        var times = await looks;

        Array.Sort(times);
        output.WriteLine(
            $"{_connections} connections begun, {open.Count} let in, in {opened.TotalSeconds:0.0} s, the last of them closed after {closed.TotalSeconds:0.0} s; the process grew by {grown / 1e6:0.0} MB; "
            + $"{times.Length} lookups meanwhile, p50 {times[times.Length / 2]:0.0} ms, p99 {times[times.Length * 99 / 100]:0.0} ms, longest {times[^1]:0.0} ms");
    }

    /// <summary>One lookup after the other. Their times in milliseconds; in which a store that was late, as other tests' writes can make it, was asked again.</summary>
    private static async Task<double[]> LookUntil(SiloClient client, CancellationToken over)
    {
        var times = new List<double>();
        while (!over.IsCancellationRequested)
        {
            var begun = TimeProvider.System.GetTimestamp();
            await Patience.Try(() => client.Contexts.GetContextAsync(Requests.Lookup(Email), client.AsAgent()).ResponseAsync);
            times.Add(TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds);
        }

        return [.. times];
    }

    /// <summary>Begins all connections, and keeps those that the silo let in.</summary>
    private static async Task<List<TcpClient>> OpenAll(Uri door)
    {
        var open = new List<TcpClient>();
        await Parallel.ForEachAsync(Enumerable.Range(0, _connections), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            if (await Connect(door, new IPAddress([127, 0, 1, (byte)(1 + (number / OfOneAddress))])) is { } client)
            {
                lock (open)
                {
                    open.Add(client);
                }
            }
        });
        return open;
    }

    /// <summary>A connection on which HTTP/2 is begun; absent if the silo closed it.</summary>
    private static async Task<TcpClient?> Connect(Uri door, IPAddress from)
    {
        var client = new TcpClient(new IPEndPoint(from, 0));
        if (await Read(client, door))
        {
            return client;
        }

        client.Dispose();
        return null;
    }

    private static async Task<bool> Read(TcpClient client, Uri door)
    {
        try
        {
            await client.ConnectAsync(door.Host, door.Port);
            await client.GetStream().WriteAsync(_preface);
            using var tooLong = new CancellationTokenSource(_soon);
            return await client.GetStream().ReadAsync(new byte[1], tooLong.Token) > 0;
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return false;
        }
    }

    private static async Task<bool> IsLetIn(Uri door)
    {
        using var client = await Connect(door, IPAddress.Loopback);
        return client is not null;
    }

    /// <summary>Waits until the silo has closed it.</summary>
    private static async Task Closed(TcpClient client)
    {
        using (client)
        {
            try
            {
                while (await client.GetStream().ReadAsync(new byte[256]) > 0)
                {
                    // Settings, pings, and why it goes.
                }
            }
            catch (IOException)
            {
                // Closed without a word.
            }
        }
    }

    /// <summary>Waits until <c>/healthz</c> says so; an answer is given again for a second.</summary>
    private static async Task Says(Uri door, string word)
    {
        using var http = new HttpClient();
        using var tooLong = new CancellationTokenSource(_soon);
        while (true)
        {
            using var answer = await http.GetAsync(new Uri(door, "/healthz"), tooLong.Token);
            if ((await answer.Content.ReadAsStringAsync(tooLong.Token)).StartsWith(word, StringComparison.Ordinal))
            {
                return;
            }
        }
    }
}
