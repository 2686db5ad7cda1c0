using System.Net;
using System.Net.Sockets;

namespace CustomerContext.Faults.Tests.Harness;

/// <summary>
/// Stands between an HTTP/2 client and the server (without TLS), passes every byte on, and notes the server's DATA frames in the order in which they came off the wire.
/// Can go deaf and dumb, as a peer whose machine is gone.
/// </summary>
internal sealed class WireTap : IAsyncDisposable
{
    private const int BufferBytes = 16 * 1024;

    private readonly Uri _target;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _connections = [];
    private readonly Lock _lock = new();
    private readonly List<WireData> _data = [];
    private readonly TaskCompletionSource _serverClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _enoughFrames = int.MaxValue;
    private int _accepted;
    private volatile bool _isGone;

    public WireTap(Uri target)
    {
        _target = target;
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}");
        _accepting = Accept();
    }

    /// <summary>Where clients connect instead.</summary>
    public Uri Address { get; }

    /// <summary>Completes when the server has closed a connection.</summary>
    public Task ServerClosed => _serverClosed.Task;

    /// <summary>The DATA frames of the server so far, in order.</summary>
    public IReadOnlyList<WireData> Data
    {
        get
        {
            lock (_lock)
            {
                return [.. _data];
            }
        }
    }

    /// <summary>Completes once there are <paramref name="count"/> DATA frames. To be asked once.</summary>
    public Task Has(int count)
    {
        lock (_lock)
        {
            _enoughFrames = count;
            TellIfEnough();
        }

        return _enough.Task;
    }

    /// <summary>From now on nothing passes and nobody is told.</summary>
    public void Vanish() => _isGone = true;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _connections.Add(Serve(await _listener.AcceptTcpClientAsync(_stop.Token), ++_accepted));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            // Stopped.
        }
    }

    private async Task Serve(TcpClient client, int number)
    {
        using var near = client;
        using var far = new TcpClient();
        await far.ConnectAsync(_target.Host, _target.Port);
        near.NoDelay = far.NoDelay = true;
        var reader = new WireFrames(number, frame =>
        {
            lock (_lock)
            {
                _data.Add(frame);
                TellIfEnough();
            }
        });
        var up = Pass(near.GetStream(), far.GetStream(), _ => { });
        var down = Pass(far.GetStream(), near.GetStream(), bytes => reader.Take(bytes.Span));
        if (await Task.WhenAny(up, down) == down)
        {
            _serverClosed.TrySetResult();
        }

        near.Close();
        far.Close();
        await Task.WhenAll(up, down);
    }

    private void TellIfEnough()
    {
        if (_data.Count >= _enoughFrames)
        {
            _enough.TrySetResult();
        }
    }

    private async Task Pass(NetworkStream from, NetworkStream to, Action<ReadOnlyMemory<byte>> seen)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReadAsync(buffer, _stop.Token) is var count and > 0)
            {
                if (!_isGone)
                {
                    seen(buffer.AsMemory(0, count));
                    await to.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
                }
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Either side has closed.
        }
    }
}

/// <summary>The content of one DATA frame, its stream, and the number of its connection, from 1.</summary>
internal sealed record WireData(int Stream, byte[] Content, int Connection = 1);
