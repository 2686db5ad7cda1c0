using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CustomerContext.Testing;

/// <summary>
/// The built silo as a real process on free ports: of the configuration that the test itself was built for. Disposing of it kills it, and fails if it has
/// logged an error that nobody expected.
/// </summary>
public sealed partial class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan _longestStart = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly string _keysFolder;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<Match> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SiloProcess(string dataFolder, string keysFolder, Process process)
    {
        DataFolder = dataFolder;
        _keysFolder = keysFolder;
        _process = process;
    }

    /// <summary>The data folder; stays when the process is gone.</summary>
    public string DataFolder { get; }

    /// <summary>Where gRPC listens.</summary>
    public Uri Grpc { get; private set; } = new("about:blank");

    /// <summary>Where HTTP/1.1 listens.</summary>
    public Uri Http { get; private set; } = new("about:blank");

    /// <summary>Where Orleans listens, on loopback.</summary>
    public int SiloPort { get; private set; }

    /// <summary>The process, to look at from outside.</summary>
    public int ProcessId => _process.Id;

    /// <summary>How much processor time it has taken so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>How much memory it takes now, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Development tokens of this silo; none outside development mode.</summary>
    public DevTokens Tokens { get; private set; } = null!;

    /// <summary>For a test that makes something fail on purpose: the beginning of the log categories that may log errors. Default: none may.</summary>
    public IReadOnlyList<string> ExpectedErrors { get; set; } = [];

    /// <summary>Everything it has written so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Starts the silo on <paramref name="dataFolder"/>, in development mode unless told otherwise, and waits until it says that it listens.</summary>
    /// <exception cref="SiloStartException">It ended instead.</exception>
    public static Task<SiloProcess> Start(string dataFolder, params string[] arguments) => StartIn(new Dictionary<string, string>(), dataFolder, arguments);

    /// <summary>The same with the demo's town, which is there once it writes its commands.</summary>
    /// <exception cref="SiloStartException">It ended instead.</exception>
    public static Task<SiloProcess> StartDemo(string dataFolder, params string[] arguments) =>
        StartProgram(Repository.Built("silo/CustomerContext.Demo", "CustomerContext.Demo.dll"), new Dictionary<string, string>(), dataFolder, arguments);

    /// <summary>A silo with more environment variables.</summary>
    /// <exception cref="SiloStartException">It ended instead.</exception>
    public static Task<SiloProcess> StartIn(IReadOnlyDictionary<string, string> environment, string dataFolder, params string[] arguments) =>
        StartProgram(Repository.Built("silo/CustomerContext.Silo", "CustomerContext.Silo.dll"), environment, dataFolder, arguments);

    private static async Task<SiloProcess> StartProgram(string program, IReadOnlyDictionary<string, string> environment, string dataFolder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = dataFolder };
        string[] own =
        [
            program, "--data", dataFolder,
            "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0", "--silo-port", FreePort.NextText(), "--development",
        ];
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        foreach (var argument in own.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        var keys = Array.IndexOf(arguments, "--keys");
        var silo = new SiloProcess(dataFolder, keys < 0 ? dataFolder : arguments[keys + 1], new Process { StartInfo = start });
        try
        {
            await silo.Start();
            return silo;
        }
        catch
        {
            silo.ExpectedErrors = [""];
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>What <c>/healthz</c> says.</summary>
    public async Task<string> Health()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(Http, "/healthz"));
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Waits until it has written a line with <paramref name="text"/>.</summary>
    public Task Writes(string text) => _process.Writes(() => Output, text, _longestStart);

    /// <summary>Ends the process as <c>kill -9</c> does: nothing is flushed, nobody is told.</summary>
    public Task Kill() => _process.End();

    /// <summary>Asks it to end (SIGTERM) and waits until it has.</summary>
    public async Task Stop()
    {
        await Signal("-TERM");
        await _process.WaitForExitAsync().WaitAsync(_longestStart);
    }

    /// <summary>Waits until it ends by itself.</summary>
    public Task Ended() => _process.WaitForExitAsync().WaitAsync(_longestStart);

    /// <summary>Halts it as it is, connections open, until <see cref="Continue"/>.</summary>
    public Task Halt() => Signal("-STOP");

    /// <summary>Lets it go on after <see cref="Halt"/>.</summary>
    public Task Continue() => Signal("-CONT");

    private async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString()]);
        await kill.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process.Dispose();
        LoggedErrors.ThrowIfAny("The silo", _lines, ExpectedErrors);
    }

    private async Task Start()
    {
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(_listening.Task, ended).WaitAsync(_longestStart) == ended)
        {
            throw new SiloStartException(_process.ExitCode, Output);
        }

        var addresses = (await _listening.Task).Groups;
        Grpc = new Uri(addresses["grpc"].Value);
        Http = new Uri(addresses["http"].Value);
        SiloPort = int.Parse(addresses["silo"].Value, System.Globalization.CultureInfo.InvariantCulture);
        if (DevTokens.AreIn(_keysFolder))
        {
            Tokens = DevTokens.In(_keysFolder);
        }
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (StartLine().Match(line) is { Success: true } addresses)
        {
            _listening.TrySetResult(addresses);
        }
    }

    [GeneratedRegex(@"gRPC on (?<grpc>https?://\S+?), HTTP on (?<http>https?://\S+?), Orleans on \S+:(?<silo>\d+) ")]
    private static partial Regex StartLine();
}
