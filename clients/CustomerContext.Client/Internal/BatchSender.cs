using CustomerContext.V1;

namespace CustomerContext.Client.Internal;

/// <summary>Sends one batch, and again those of its signals that the store could not take at the moment.</summary>
internal sealed class BatchSender(Caller caller, RawServices raw, TimeSpan timeout)
{
    public async Task<PublishedBatch> SendAsync(IReadOnlyList<Signal> signals, CancellationToken cancellation)
    {
        var options = caller.Options;
        var deadline = options.Time.GetUtcNow() + timeout;
        var results = new SignalResult[signals.Count];
        int[] open = [.. Enumerable.Range(0, signals.Count)];
        for (var attempt = 1; ; attempt++)
        {
            var request = new PublishSignalsRequest { Signals = { open.Select(index => signals[index]) } };
            var left = deadline - options.Time.GetUtcNow();
            var response = await caller.CallAsync(raw.Signals.PublishSignalsAsync, request, left, cancellation).ConfigureAwait(false);
            foreach (var (result, index) in response.Results.Zip(open))
            {
                results[index] = result;
            }

            open = [.. open.Where(index => results[index] is null or { Status.Reason: ErrorReason.StoreUnavailable })];
            var wait = Backoff.Next(options.Retry, attempt, null, options.Random());
            if (open.Length == 0 || attempt >= options.Retry.MaxAttempts || options.Time.GetUtcNow() + wait >= deadline)
            {
                return new PublishedBatch(signals, results);
            }

            await Task.Delay(wait, options.Time, cancellation).ConfigureAwait(false);
        }
    }
}
