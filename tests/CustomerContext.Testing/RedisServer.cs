using System.Diagnostics;
using System.Globalization;

namespace CustomerContext.Testing;

/// <summary>
/// A real redis-server of a test's own, on a free port, with a directory that survives <see cref="Kill"/> and goes with the object.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("redis-");
    private readonly string[] _options;
    private Process? _process;
    private string? _file; // of a Sentinel

    private RedisServer(string[] options)
    {
        _options = options;
        Port = FreePort.Next();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => _process?.Kill();
    }

    /// <summary>On 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>What clients are given: host and port.</summary>
    public string EndPoint => $"127.0.0.1:{Port}";

    /// <summary>Where it keeps its files.</summary>
    public string Folder => _directory.FullName;

    /// <summary>The running server's process, to stop and continue it.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Starts a server that is ready when this returns.</summary>
    /// <param name="options">More of its command line, for example <c>--appendonly yes</c>. Default: nothing is persisted.</param>
    public static async Task<RedisServer> Start(params string[] options)
    {
        var server = new RedisServer(options);
        await server.StartAgain();
        return server;
    }

    /// <summary>Starts a Sentinel that is ready when this returns.</summary>
    /// <param name="settings">What it watches and how, each after <c>sentinel</c> in its file, for example <c>monitor NAME 127.0.0.1 PORT 1</c>.</param>
    public static async Task<RedisServer> StartSentinel(params string[] settings)
    {
        var sentinel = new RedisServer([]) { _file = "sentinel.conf" };
        await File.WriteAllLinesAsync(
            Path.Combine(sentinel.Folder, sentinel._file), [$"port {sentinel.Port}", "bind 127.0.0.1", .. settings.Select(setting => $"sentinel {setting}")]);
        await sentinel.StartAgain();
        return sentinel;
    }

    /// <summary>Starts it on the same port with the same directory, after <see cref="Kill"/>.</summary>
    public async Task StartAgain()
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, WorkingDirectory = _directory.FullName };
        string[] arguments = _file is { } file
            ? [file, "--sentinel"]
            : ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", .. _options];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text && (text.Contains("Ready to accept connections", StringComparison.Ordinal) || text.Contains("Sentinel ID is", StringComparison.Ordinal)))
            {
                ready.TrySetResult();
            }
        };
        _process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("redis-server ended before it was ready."));
        _process.Start();
        _process.BeginOutputReadLine();
        await ready.Task.WaitAsync(TooLong);
    }

    /// <summary>Halts it as it is, connections open, until <see cref="Continue"/>.</summary>
    public Task Halt() => Signal("-STOP");

    /// <summary>Lets it go on after <see cref="Halt"/>.</summary>
    public Task Continue() => Signal("-CONT");

    /// <summary>Runs one command in it, for example <c>CONFIG SET ...</c>; its answer as redis-cli prints it.</summary>
    public async Task<string> Cli(params string[] command)
    {
        using var cli = Process.Start(new ProcessStartInfo("redis-cli", ["-p", Port.ToString(CultureInfo.InvariantCulture), .. command]) { RedirectStandardOutput = true })!;
        var answer = await cli.StandardOutput.ReadToEndAsync();
        await cli.WaitForExitAsync();
        return answer.Trim();
    }

    /// <summary>Ends it without warning, as <c>kill -9</c> does.</summary>
    public async Task Kill()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>Loses everything it has on disk, after <see cref="Kill"/>.</summary>
    public void Forget()
    {
        _directory.Delete(recursive: true);
        _directory.Create();
    }

    private async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Kill();
        _directory.Delete(recursive: true);
    }
}
