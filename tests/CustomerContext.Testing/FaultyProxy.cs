using System.Net;
using System.Net.Sockets;

namespace CustomerContext.Testing;

/// <summary>
/// A TCP proxy on a free port of 127.0.0.1 that a test can make faulty. Bytes are never lost in the middle of a connection, since TCP loses none:
/// what was swallowed
/// takes its connection with it when the proxy heals.
/// </summary>
public sealed class FaultyProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly Lock _lock = new();
    private readonly List<TcpClient> _open = [];
    private volatile int _generation;
    private volatile bool _dropsReplies;
    private volatile bool _refuses;
    private volatile TaskCompletionSource _flows = Flowing();

    /// <summary>A proxy for a port of 127.0.0.1.</summary>
    public FaultyProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAll();
    }

    /// <summary>What clients are given: host and port.</summary>
    public string EndPoint => _listener.LocalEndpoint.ToString()!;

    /// <summary>From now on nothing passes, either way; connections stay open.</summary>
    public void Stall() => _flows = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From now on requests arrive, and their replies are lost.</summary>
    public void DropReplies() => _dropsReplies = true;

    /// <summary>Closes every connection and refuses new ones.</summary>
    public void Cut()
    {
        _refuses = true;
        CloseAll();
    }

    /// <summary>Works again: what was stalled goes on; connections of which replies were lost are closed.</summary>
    public void Heal()
    {
        _refuses = false;
        if (_dropsReplies)
        {
            _dropsReplies = false;
            CloseAll();
        }

        _flows.TrySetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        Heal();
        CloseAll();
    }

    private static TaskCompletionSource Flowing()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private async Task AcceptAll()
    {
        try
        {
            while (true)
            {
                _ = Serve(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Disposed.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                if (_refuses)
                {
                    return;
                }

                var generation = _generation;
                await server.ConnectAsync(IPAddress.Loopback, _target);
                lock (_lock)
                {
                    if (generation != _generation)
                    {
                        return; // Everything that was open then has been closed since.
                    }

                    _open.AddRange([client, server]);
                }

                await Task.WhenAny(Pump(client, server, isReply: false), Pump(server, client, isReply: true));
            }
            catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
            {
                // One side is gone; the other follows.
            }
        }
    }

    private async Task Pump(TcpClient from, TcpClient to, bool isReply)
    {
        var buffer = new byte[64 * 1024];
        while (await from.GetStream().ReadAsync(buffer) is > 0 and var count)
        {
            await _flows.Task;
            if (!isReply || !_dropsReplies)
            {
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }
        }
    }

    private void CloseAll()
    {
        lock (_lock)
        {
            _generation++;
            _open.ForEach(connection => connection.Dispose());
            _open.Clear();
        }
    }
}
