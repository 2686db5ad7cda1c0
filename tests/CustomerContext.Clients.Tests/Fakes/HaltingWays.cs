using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CustomerContext.Clients.Tests.Fakes;

/// <summary>
/// Ways to servers that can halt as a stopped process does: the system still accepts connections, and nothing that is sent has an answer.
/// </summary>
internal sealed class HaltingWays : IAsyncDisposable
{
    private readonly Way[] _ways;

    public HaltingWays(IEnumerable<Uri> servers) => _ways = [.. servers.Select(server => new Way(server))];

    public IEnumerable<Uri> Addresses => _ways.Select(way => way.Address);

    /// <summary>Halts the ways over which anybody has come.</summary>
    public void HaltThoseInUse()
    {
        foreach (var way in _ways.Where(way => way.IsInUse))
        {
            way.Halt();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var way in _ways)
        {
            await way.DisposeAsync();
        }
    }

    private sealed class Way : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _halt = new();
        private readonly ConcurrentBag<Socket> _sockets = [];
        private readonly Task _accepting;
        private readonly Uri _server;

        public Way(Uri server)
        {
            _server = server;
            _listener.Start();
            Address = new Uri($"http://{_listener.LocalEndpoint}");
            _accepting = Accept();
        }

        public Uri Address { get; }

        public bool IsInUse => !_sockets.IsEmpty;

        public void Halt() => _halt.Cancel();

        public async ValueTask DisposeAsync()
        {
            await _halt.CancelAsync();
            _listener.Dispose();
            await _accepting;
            foreach (var socket in _sockets)
            {
                socket.Dispose();
            }

            _halt.Dispose();
        }

        private async Task Accept()
        {
            var copying = new List<Task>();
            try
            {
                while (true)
                {
                    var near = await _listener.AcceptSocketAsync(_halt.Token);
                    var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
                    _sockets.Add(near);
                    _sockets.Add(far);
                    await far.ConnectAsync(_server.Host, _server.Port, _halt.Token);
                    copying.AddRange([Copy(near, far), Copy(far, near)]);
                }
            }
            catch (OperationCanceledException)
            {
                await Task.WhenAll(copying);
            }
        }

        private async Task Copy(Socket from, Socket to)
        {
            try
            {
                await using var source = new NetworkStream(from);
                await using var sink = new NetworkStream(to);
                await source.CopyToAsync(sink, _halt.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException)
            {
                // Halted, or one of the two is gone.
            }
        }
    }
}
