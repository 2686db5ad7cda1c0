namespace CustomerContext.Browser.Tests.Harness;

/// <summary>One open screen.</summary>
internal sealed class AgentScreen : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly Task _reading;
    private readonly TaskCompletionSource _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Expected? _expected;

    public AgentScreen(string customer, HttpResponseMessage answer)
    {
        (Customer, _answer) = (customer, answer);
        _reading = Read();
    }

    /// <summary>Whom its call is about.</summary>
    public string Customer { get; }

    /// <summary>Done once the first state has been pushed.</summary>
    public Task Shown => _shown.Task;

    /// <summary>The time at which <paramref name="text"/> is pushed to it (<see cref="TimeProvider.GetTimestamp"/>).</summary>
    public Task<long> Expect(string text)
    {
        var expected = new Expected(text, new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
        _expected = expected;
        return expected.At.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _answer.Dispose();
        await _reading;
    }

    private async Task Read()
    {
        try
        {
            using var lines = new StreamReader(await _answer.Content.ReadAsStreamAsync());
            while (await lines.ReadLineAsync() is { } line)
            {
                if (line == "event: block")
                {
                    _shown.TrySetResult();
                }

                if (_expected is { } expected && line.Contains(expected.Text, StringComparison.Ordinal))
                {
                    expected.At.TrySetResult(TimeProvider.System.GetTimestamp());
                }
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The test has closed it.
        }

        _shown.TrySetException(new IOException("The screen was closed before it showed anything."));
        _expected?.At.TrySetException(new IOException("The screen was closed before it showed what was expected."));
    }

    private sealed record Expected(string Text, TaskCompletionSource<long> At);
}
