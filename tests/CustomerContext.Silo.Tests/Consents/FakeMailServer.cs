using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CustomerContext.Silo.Tests.Consents;

/// <summary>A mail server on a free port of this machine that does its work as badly as a test wants. It offers no encryption.</summary>
internal sealed class FakeMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _called = new(0);
    private readonly Func<string, string?> _answer;
    private readonly Task _serving;

    /// <param name="answer">What it answers to a command; "" for nothing, for ever; absent: as a server should.</param>
    public FakeMailServer(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = Serve();
    }

    /// <summary>The lines of the mails that came, as they were sent.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Done when the server has been called once more.</summary>
    public async Task Called() => Assert.True(await _called.WaitAsync(TimeSpan.FromMinutes(1)));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
        _called.Dispose();
    }

    private async Task Serve()
    {
        var calls = new List<Task>();
        try
        {
            while (true)
            {
                calls.Add(Talk(await _listener.AcceptTcpClientAsync(_end.Token)));
                _called.Release();
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(calls);
        }
    }

    private async Task Talk(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            for (var (line, isText) = ((string?)"HI", false); line is not null; line = await reader.ReadLineAsync(_end.Token))
            {
                var command = isText ? line == "." ? "." : "text" : line.Split(' ')[0].ToUpperInvariant();
                if (isText)
                {
                    Lines.Enqueue(line);
                }

                isText = command == "text" || (command == "DATA" && _answer(command) is null);
                if (command != "text" && (_answer(command) ?? Proper(command)) is { Length: > 0 } said)
                {
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"{said}\r\n"), _end.Token);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The test is over, or the client went.
        }
    }

    private static string Proper(string command) => command switch
    {
        "HI" => "220 mail.example.org",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };
}
