using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace CustomerContext.Clients.Tests.Docs;

/// <summary>A terminal in which one command runs. Disposing of it ends the command.</summary>
internal sealed class Terminal : IDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly StringBuilder _output = new();
    private (Regex Pattern, TaskCompletionSource<Match> Seen)? _awaited;

    /// <summary>Starts a program in a folder.</summary>
    public Terminal(string folder, IReadOnlyDictionary<string, string> variables, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits for its end; what it wrote.</summary>
    public async Task<(int ExitCode, string Output)> Ended()
    {
        await _process.WaitForExitAsync().WaitAsync(_longest);
        lock (_lock)
        {
            return (_process.ExitCode, _output.ToString());
        }
    }

    /// <summary>Waits until it has written something.</summary>
    public Task<Match> Writes(string pattern)
    {
        lock (_lock)
        {
            _awaited = (new Regex(pattern, RegexOptions.Singleline), new TaskCompletionSource<Match>(TaskCreationOptions.RunContinuationsAsynchronously));
            Look();
            return _awaited.Value.Seen.Task.WaitAsync(_longest);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        lock (_lock)
        {
            _output.AppendLine(line);
            Look();
        }
    }

    private void Look()
    {
        if (_awaited is var (pattern, seen) && pattern.Match(_output.ToString()) is { Success: true } match)
        {
            seen.TrySetResult(match);
        }
    }
}
