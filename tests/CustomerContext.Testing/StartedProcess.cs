using System.Diagnostics;

namespace CustomerContext.Testing;

/// <summary>What tests do with every process that they started.</summary>
public static class StartedProcess
{
    /// <summary>Ends it as <c>kill -9</c> does, and waits until it has ended: nothing is flushed, nobody is told.</summary>
    public static async Task End(this Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
    }

    /// <summary>Waits until it has written a line with <paramref name="text"/>.</summary>
    /// <param name="process">Its output is being read.</param>
    /// <param name="output">All that it has written so far.</param>
    /// <param name="text">What to wait for.</param>
    /// <param name="longest">How long to wait.</param>
    /// <exception cref="TimeoutException">It has not.</exception>
    public static async Task Writes(this Process process, Func<string> output, string text, TimeSpan longest)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains(text, StringComparison.Ordinal) == true)
            {
                written.TrySetResult();
            }
        };
        if (!output().Contains(text, StringComparison.Ordinal))
        {
            await written.Task.WaitAsync(longest);
        }
    }
}
