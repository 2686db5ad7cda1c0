using System.Collections.Concurrent;
using System.Diagnostics;

namespace CustomerContext.Testing;

/// <summary>The built connector as a real process. Disposing of it kills it, and fails if it has logged an error.</summary>
public sealed class ConnectorProcess : IAsyncDisposable
{
    private const string Address = "Connector on ";

    private static readonly TimeSpan _longestStart = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ConnectorProcess(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = new("about:blank");

    /// <summary>Everything it has written so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Starts it with these settings and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message says what it wrote.</exception>
    public static async Task<ConnectorProcess> Start(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Built("clients/CustomerContext.Connectors", "CustomerContext.Connectors.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[$"CustomerContextConnectors__{name}"] = value;
        }

        var connector = new ConnectorProcess(new Process { StartInfo = start });
        connector._process.OutputDataReceived += (_, line) => connector.Take(line.Data);
        connector._process.ErrorDataReceived += (_, line) => connector.Take(line.Data);
        connector._process.Start();
        connector._process.BeginOutputReadLine();
        connector._process.BeginErrorReadLine();
        var ended = connector._process.WaitForExitAsync();
        if (await Task.WhenAny(connector._listening.Task, ended).WaitAsync(_longestStart) == ended)
        {
            throw new InvalidOperationException(connector.Output);
        }

        connector.Url = await connector._listening.Task;
        return connector;
    }

    /// <summary>Waits until it has written a line with <paramref name="text"/>.</summary>
    public Task Writes(string text) => _process.Writes(() => Output, text, _longestStart);

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public Task Kill() => _process.End();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process.Dispose();
        LoggedErrors.ThrowIfAny("The connector", _lines);
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (line.StartsWith(Address, StringComparison.Ordinal))
        {
            _listening.TrySetResult(new Uri(line[Address.Length..]));
        }
    }
}
