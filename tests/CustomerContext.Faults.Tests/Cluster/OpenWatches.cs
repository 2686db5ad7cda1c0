using System.Collections.Immutable;
using CustomerContext.Client;
using CustomerContext.Faults.Tests.Harness;

namespace CustomerContext.Faults.Tests.Cluster;

/// <summary>Watches by the SDK, and how long each was without its server.</summary>
internal sealed class OpenWatches : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<TimeSpan>[] _running;

    private OpenWatches(CustomerContextClient client, IEnumerable<string> emails)
    {
        var opened = emails.Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        _running = [.. emails.Select((email, i) => Task.Run(() => Run(client, email, opened[i])))];
        Opened = Task.WhenAll(opened.Select(one => one.Task));
    }

    /// <summary>Done when each has had its first frame.</summary>
    public Task Opened { get; }

    /// <summary>Opens one for each customer.</summary>
    public static OpenWatches By(CustomerContextClient client, IEnumerable<string> emails) => new(client, emails);

    /// <summary>Ends them; for each the longest time from a break until it was heard again, zero if none broke. One that is still broken counts until now.</summary>
    public async Task<ImmutableArray<TimeSpan>> End()
    {
        await _stop.CancelAsync();
        return [.. await Task.WhenAll(_running)];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private async Task<TimeSpan> Run(CustomerContextClient client, string email, TaskCompletionSource opened)
    {
        var time = TimeProvider.System;
        var (longest, broken) = (TimeSpan.Zero, default(long?));
        try
        {
            await foreach (var one in client.Customer(Subject.Email(email)).WatchAsync(Requests.Purpose, new LookupOptions { InteractionId = "call-1" }, _stop.Token))
            {
                opened.TrySetResult();
                if (one is WatchEvent.Interrupted)
                {
                    broken ??= time.GetTimestamp();
                }
                else if (broken is { } since)
                {
                    (longest, broken) = (Longer(longest, time.GetElapsedTime(since)), null);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Ended by who opened it.
        }

        return broken is { } still ? Longer(longest, time.GetElapsedTime(still)) : longest;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
