using System.Collections.Concurrent;
using System.Diagnostics;
using CustomerContext.Testing;

namespace CustomerContext.Browser.Tests.Harness;

/// <summary>The built pages as a real process on a free port. Disposing of it kills it, and fails if it has logged an error.</summary>
internal sealed class WebProcess : IAsyncDisposable
{
    private const string Address = "Pages on ";

    private static readonly TimeSpan _longestStart = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WebProcess(Process process) => _process = process;

    /// <summary>Where the pages are.</summary>
    public Uri Url { get; private set; } = new("about:blank");

    /// <summary>How much memory it takes now, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Everything it has written so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Starts the pages of <paramref name="silo"/> and waits until they are there. Settings are pairs like ("CustomerContextWeb__Development", "false").</summary>
    public static Task<WebProcess> Start(SiloProcess silo, params (string Name, string Value)[] settings) => Start(silo, silo.Grpc, settings);

    /// <summary>The same, by another line to the silo's gRPC.</summary>
    public static async Task<WebProcess> Start(SiloProcess silo, Uri grpc, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Repository.Built("clients/CustomerContext.Web", "CustomerContext.Web.dll"), "--silo", grpc.ToString(), "--silo-http", silo.Http.ToString(),
            "--data", silo.DataFolder,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CustomerContextWeb__Listen"] = "127.0.0.1:0";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var web = new WebProcess(new Process { StartInfo = start });
        web._process.OutputDataReceived += (_, line) => web.Take(line.Data);
        web._process.ErrorDataReceived += (_, line) => web.Take(line.Data);
        web._process.Start();
        web._process.BeginOutputReadLine();
        web._process.BeginErrorReadLine();
        var ended = web._process.WaitForExitAsync();
        if (await Task.WhenAny(web._listening.Task, ended).WaitAsync(_longestStart) == ended)
        {
            throw new InvalidOperationException($"The pages ended instead of starting:\n{web.Output}");
        }

        web.Url = await web._listening.Task;
        return web;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.End();
        _process.Dispose();
        LoggedErrors.ThrowIfAny("The pages", _lines);
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
